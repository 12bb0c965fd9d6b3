/** A person who does not exist, as a row of `users`; times in milliseconds since 1970. */
export type Person = {
  email: string;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  status: "active" | "disabled" | "invited";
  disabledReason: string | null;
  metadata: Record<string, unknown>;
  createdAt: number;
  emailVerifiedAt: number | null;
  lastLoginAt: number | null;
  updatedAt: number;
};

const DAY = 24 * 60 * 60 * 1000;
const YEARS_BACK = 3 * 365;

/** Names as their bearers write them; `山田/yamada` where the spelling alone does not give an e-mail address. */
type Culture = { given: string[]; family: string[]; familyFirst?: boolean };

const names = (text: string) => text.split(" ").map((name) => name.replaceAll("_", " "));

const CULTURES: Culture[] = [
  {
    given: names(
      "Olivia Noah Emma Liam Charlotte James Amelia William Sophia Henry Grace Oliver Ruth Ethan Hannah Samuel Claire Jack Alice Thomas Zoe Daniel Mary-Jane Aaron Nora",
    ),
    family: names(
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson White Harris Clark Lewis Walker O'Brien Baker Campbell Murphy McDonald Lovelace",
    ),
  },
  {
    given: names(
      "María José Lucía Antonio Carmen Francisco Sofía Javier Valentina Mateo Camila Diego Ximena Andrés Isabel Joaquín Pilar Íñigo Begoña Raúl Inés Martín Paula Álvaro Noelia",
    ),
    family: names(
      "García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes Morales Jiménez Ruiz Álvarez Muñoz Núñez Ibáñez Peña De_la_Cruz Quiñones",
    ),
  },
  {
    given: names(
      "João Ana Pedro Beatriz Tiago Inês Rafael Mariana Lucas Letícia Gonçalo Conceição Thiago Larissa Vítor",
    ),
    family: names(
      "Silva Santos Oliveira Souza Pereira Lima Carvalho Ferreira Ribeiro Almeida Araújo Gonçalves Magalhães Assunção Dos_Santos",
    ),
  },
  {
    given: names(
      "Camille Louis Chloé Gabriel Léa Jules Manon Hugo Inès Raphaël Zoé François Anaïs Théo Élodie",
    ),
    family: names(
      "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Lefèvre Girard Béranger Noël D'Amboise Lemaître",
    ),
  },
  {
    given: names(
      "Anna Lukas Lea Jonas Mia Felix Hannah Maximilian Käthe Jürgen Sören Ulrike Björn Annegret Günther",
    ),
    family: names(
      "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer Hoffmann Groß Köhler Weiß Strauß Von_Bülow",
    ),
  },
  {
    given: names(
      "Astrid Søren Åsa Lars Freja Øyvind Ingrid Þór Sigríður Mikkel Elin Håkon Märta Guðrún Nils",
    ),
    family: names(
      "Hansen Johansson Andersen Nilsson Larsen Østergaard Bjørnsson Åkesson Lindqvist Sæther Jónsdóttir Ångström Holm Dahl Þorláksson",
    ),
  },
  {
    given: names(
      "Łukasz Zofia Jakub Agnieszka Małgorzata Jiří Kateřina Tomáš Zuzana István Réka Ágnes Ștefan Ioana Živa",
    ),
    family: names(
      "Nowak Kowalski Wójcik Wiśniewska Kamiński Novák Dvořáková Svoboda Nagy Kovács Szabó Popescu Ionescu Mureșan Žižek",
    ),
  },
  {
    given: names(
      "Ольга/olga Иван/ivan Анна/anna Дмитрий/dmitri Наталья/natalya Сергей/sergei Юлія/yuliia Тарас/taras Милица/milica Георги/georgi",
    ),
    family: names(
      "Иванов/ivanov Петрова/petrova Смирнов/smirnov Кузнецова/kuznetsova Соколов/sokolov Шевченко/shevchenko Коваленко/kovalenko Јовановић/jovanovic Димитров/dimitrov Морозова/morozova",
    ),
  },
  {
    given: names(
      "Ελένη/eleni Γιώργος/giorgos Μαρία/maria Νίκος/nikos Σοφία/sofia Δημήτρης/dimitris Κατερίνα/katerina Ανδρέας/andreas",
    ),
    family: names(
      "Παπαδόπουλος/papadopoulos Γεωργίου/georgiou Νικολάου/nikolaou Αντωνίου/antoniou Βασιλείου/vasileiou Οικονόμου/oikonomou Μακρής/makris Δήμος/dimos",
    ),
  },
  {
    given: names(
      "محمد/mohammed فاطمة/fatima أحمد/ahmed مريم/maryam علي/ali زينب/zaynab حسن/hassan ليلى/layla عمر/omar نور/nour",
    ),
    family: names(
      "الحسن/alhassan العلي/alali خليل/khalil منصور/mansour حداد/haddad نجار/najjar سعيد/saeed قاسم/qasim فارس/faris عباس/abbas",
    ),
  },
  {
    given: names(
      "Aarav Priya Arjun Ananya Rohan Lakshmi Vikram Sneha Imran Ayesha Sanjay Meera Kabir Divya Harpreet",
    ),
    family: names(
      "Sharma Patel Singh Kumar Gupta Khan Reddy Nair Iyer Das Mukherjee Chatterjee Kaur Joshi Venkataraman",
    ),
  },
  {
    given: names(
      "伟/wei 芳/fang 娜/na 敏/min 静/jing 强/qiang 磊/lei 洋/yang 艳/yan 杰/jie 秀英/xiuying 建国/jianguo",
    ),
    family: names(
      "王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 赵/zhao 吴/wu 周/zhou 徐/xu 欧阳/ouyang",
    ),
    familyFirst: true,
  },
  {
    given: names(
      "陽翔/haruto 結衣/yui 蓮/ren 葵/aoi 大翔/hiroto 美咲/misaki 健太/kenta さくら/sakura 直樹/naoki 明日香/asuka",
    ),
    family: names(
      "佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 山田/yamada",
    ),
    familyFirst: true,
  },
  {
    given: names(
      "민준/minjun 서연/seoyeon 지훈/jihoon 수빈/subin 예준/yejun 하은/haeun 현우/hyunwoo 유진/yujin",
    ),
    family: names("김/kim 이/lee 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon"),
    familyFirst: true,
  },
  {
    given: names("Anh Hoa Minh Linh Tuấn Hương Đức Thảo Quang Ngọc Bảo Trâm Phúc Yến Khánh"),
    family: names("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương"),
    familyFirst: true,
  },
  {
    given: names(
      "Chinedu Ngozi Kwame Amina Oluwaseun Thandiwe Tendai Wanjiru Abebe Zainab Sipho Adaeze Kofi Makena Yetunde",
    ),
    family: names(
      "Okafor Adeyemi Mensah Abubakar Dlamini Nkosi Mwangi Tadesse Otieno Eze Balogun Osei Kamau Ndlovu Chukwu",
    ),
  },
  {
    given: names(
      "Ayşe Mehmet Zeynep Mustafa Elif Emre Gülşen Çağlar Işıl Ömer Şule Tuğba Yiğit Özge İbrahim",
    ),
    family: names(
      "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Güneş Erdoğdu",
    ),
  },
];

/** Reserved for examples (RFC 2606): whatever is sent there reaches nobody. */
const DOMAINS = names(
  "mail post inbox web letters acme northwind contoso initech globex umbrella hooli stark wayne vandelay tyrell cyberdyne soylent aperture monarch",
).map((name) => `${name}.example`);

const REASONS = [
  "Left the company.",
  "Asked for the account to be closed.",
  "Contract ended.",
  "Too many complaints; see the support case.",
  "Duplicate of another account.",
  "Parental leave until further notice.",
];
const PLANS = ["free", "free", "free", "team", "team", "business"];
const TEAMS = ["sales", "support", "engineering", "design", "finance", "field"];

const SPECIAL: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  ı: "i",
};

/** A name in the letters of an e-mail address. */
function spell(name: string): string {
  return (name.split("/")[1] ?? name)
    .toLowerCase()
    .normalize("NFD")
    .replace(/[łøđðþßæı]/g, (letter) => SPECIAL[letter] ?? "")
    .replace(/[^a-z]/g, "");
}

/** Random numbers in [0, 1) that are the same for the same seed (sfc32). Not for secrets. */
export function randomNumbers(...seed: number[]): () => number {
  let [a = 0, b = 0x9e3779b9, c = 0x243f6a88, d = 1] = seed;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) next(); // until the seed has reached every bit
  return next;
}

/**
 * Person number `n` of an invented population: names of many peoples (the first of each list are the common
 * ones), three years of sign-ups, most active, some invited of late, some disabled, a third not seen for long.
 *
 * @param n makes the e-mail address unique
 * @param now the newest moment a person can have been created or seen
 */
export function inventPerson(n: number, random: () => number, now: number): Person {
  const below = (count: number) => Math.floor(random() * count);
  const of = <T>(list: T[]) => list[below(list.length)] as T;
  const common = <T>(list: T[]) => list[Math.floor(list.length * random() ** 2)] as T;

  const culture = of(CULTURES);
  const given = common(culture.given);
  const family = common(culture.family);
  const [firstName = null, lastName = null] = [given.split("/")[0], family.split("/")[0]];
  const named = random() < 0.98;
  const spaced = culture.familyFirst ? [lastName, firstName] : [firstName, lastName];
  // Chinese and Japanese names are written without a space.
  const name = spaced.join(/[\u3040-\u9fff]/.test(family) ? "" : " ");
  const local = of([
    () => `${spell(given)}.${spell(family)}`,
    () => `${spell(family)}.${spell(given)}`,
    () => `${spell(given).charAt(0)}${spell(family)}`,
    () => spell(given),
  ])();

  const kind = random();
  const status = kind < 0.93 ? "active" : kind < 0.97 ? "disabled" : "invited";
  // Who has not accepted an invitation was mostly invited not long ago.
  const daysBack = status === "invited" && random() < 0.8 ? 60 : YEARS_BACK;
  const createdAt = now - Math.floor(random() * daysBack * DAY);
  const age = now - createdAt;
  const seen = status !== "invited" && random() < 0.92;
  const quiet = status === "disabled" || random() < 0.33;
  const sinceSeen = quiet ? random() * age : random() ** 2 * Math.min(age, 90 * DAY);
  const lastLoginAt = seen ? now - Math.floor(sinceSeen) : null;

  const metadata: Record<string, unknown> = { plan: of(PLANS) };
  if (random() < 0.3) metadata["team"] = of(TEAMS);
  if (random() < 0.1) metadata["newsletter"] = random() < 0.5;

  return {
    email: `${local}.${n.toString(36)}@${common(DOMAINS)}`,
    name: named ? name : null,
    firstName: named ? firstName : null,
    lastName: named ? lastName : null,
    status,
    disabledReason: status === "disabled" ? of(REASONS) : null,
    metadata,
    createdAt,
    emailVerifiedAt: status !== "invited" && random() < 0.85 ? createdAt + below(3) * 60_000 : null,
    lastLoginAt,
    updatedAt: Math.max(createdAt, lastLoginAt ?? 0),
  };
}
