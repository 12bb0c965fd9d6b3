import { DAY_MS } from "@/lib/platform/days";

/** So many can be added at once. */
export const SEED_MAX = 10_000_000;

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

const YEARS_BACK = 3 * 365;

/** Names as their bearers write them; `山田/yamada` where the spelling alone does not give an e-mail address. */
type Culture = { given: string[]; family: string[]; familyFirst?: boolean };

const names = (text: string) => text.split(" ").map((name) => name.replaceAll("_", " "));

const CULTURES: Culture[] = [
  {
    given: names(
      "Olivia Noah Emma Liam Charlotte James Amelia William Sophia Henry Grace Oliver Ruth Ethan Hannah Samuel Claire Jack Alice Thomas Zoe Daniel Mary-Jane Aaron Nora Eleanor Benjamin Abigail Henrietta Jacob Lily Matthew Sarah Andrew Megan Patrick Fiona Callum Bethany Gareth",
    ),
    family: names(
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson White Harris Clark Lewis Walker O'Brien Baker Campbell Murphy McDonald Lovelace Robinson Wright Evans Turner Parker Collins Stewart Morris Cooper Bailey Richardson Hughes Foster Sanders Griffin Hayes Ashford Blackwood Whitfield Fairbanks Sinclair Pemberton Llewellyn Hawthorne Kingsley",
    ),
  },
  {
    given: names(
      "María José Lucía Antonio Carmen Francisco Sofía Javier Valentina Mateo Camila Diego Ximena Andrés Isabel Joaquín Pilar Íñigo Begoña Raúl Inés Martín Paula Álvaro Noelia Elena Sergio Adriana Rubén Mónica Óscar Rocío Ignacio Lourdes Esteban Marisol Ramón Guadalupe Emilio Ángela",
    ),
    family: names(
      "García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes Morales Jiménez Ruiz Álvarez Muñoz Núñez Ibáñez Peña De_la_Cruz Quiñones Romero Vargas Castillo Mendoza Ortega Guerrero Medina Castro Delgado Cabrera Fuentes Carrasco Figueroa Escobar Salazar Villanueva Zambrano Cárdenas Echeverría Bustamante Iglesias Arango Montoya Quintana Urrutia",
    ),
  },
  {
    given: names(
      "João Ana Pedro Beatriz Tiago Inês Rafael Mariana Lucas Letícia Gonçalo Conceição Thiago Larissa Vítor Rodrigo Fernanda Eduardo Catarina Henrique Luísa Duarte Matilde Bruno Rita",
    ),
    family: names(
      "Silva Santos Oliveira Souza Pereira Lima Carvalho Ferreira Ribeiro Almeida Araújo Gonçalves Magalhães Assunção Dos_Santos Rodrigues Costa Martins Fernandes Barbosa Cardoso Teixeira Moreira Nascimento Correia Azevedo Monteiro Figueiredo Siqueira Vasconcelos Nogueira Guimarães Tavares Bragança Queirós",
    ),
  },
  {
    given: names(
      "Camille Louis Chloé Gabriel Léa Jules Manon Hugo Inès Raphaël Zoé François Anaïs Théo Élodie Mathilde Antoine Juliette Baptiste Margaux Étienne Océane Guillaume Clémence Aurélien",
    ),
    family: names(
      "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Lefèvre Girard Béranger Noël D'Amboise Lemaître Rousseau Fontaine Chevalier Gauthier Perrin Morel Fournier Mercier Blanchard Marchand Renaud Leclerc Delacroix Charpentier Beaumont Desjardins Vasseur Guillot Carpentier Lamoureux",
    ),
  },
  {
    given: names(
      "Anna Lukas Lea Jonas Mia Felix Hannah Maximilian Käthe Jürgen Sören Ulrike Björn Annegret Günther Sophie Matthias Greta Konrad Liesel Dieter Wiebke Rüdiger Heike Stefan",
    ),
    family: names(
      "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer Hoffmann Groß Köhler Weiß Strauß Von_Bülow Schulz Richter Neumann Zimmermann Krüger Hartmann Lange Krause Lehmann Kaiser Scholz Friedrich Steinbach Vogelsang Rosenthal Oberhofer Brandenburg Eichelberger Niedermeyer Lindemann",
    ),
  },
  {
    given: names(
      "Astrid Søren Åsa Lars Freja Øyvind Ingrid Þór Sigríður Mikkel Elin Håkon Märta Guðrún Nils Magnus Linnea Torbjørn Ragnhild Sven Kajsa Leif Solveig Anders Hildur",
    ),
    family: names(
      "Hansen Johansson Andersen Nilsson Larsen Østergaard Bjørnsson Åkesson Lindqvist Sæther Jónsdóttir Ångström Holm Dahl Þorláksson Eriksson Pedersen Olsen Lindström Bergström Sandberg Lundgren Forsberg Kristensen Mortensen Halvorsen Gunnarsdóttir Sjöberg Nordström Wallin Engström Bakken Haugen Thorvaldsen Ekström",
    ),
  },
  {
    given: names(
      "Łukasz Zofia Jakub Agnieszka Małgorzata Jiří Kateřina Tomáš Zuzana István Réka Ágnes Ștefan Ioana Živa Piotr Magdalena Wojciech Hana Petr Eszter Balázs Mihai Elena Matej",
    ),
    family: names(
      "Nowak Kowalski Wójcik Wiśniewska Kamiński Novák Dvořáková Svoboda Nagy Kovács Szabó Popescu Ionescu Mureșan Žižek Lewandowski Zieliński Szymańska Dąbrowski Kozłowska Jankowski Procházka Černý Kučerová Veselý Horváth Varga Kiss Molnár Dumitru Stoica Georgescu Kovačič Horvat Krajnc",
    ),
  },
  {
    given: names(
      "Ольга/olga Иван/ivan Анна/anna Дмитрий/dmitri Наталья/natalya Сергей/sergei Юлія/yuliia Тарас/taras Милица/milica Георги/georgi Алексей/alexei Мария/mariya Николай/nikolai Елена/elena Богдан/bohdan Оксана/oksana Стефан/stefan Јелена/jelena",
    ),
    family: names(
      "Иванов/ivanov Петрова/petrova Смирнов/smirnov Кузнецова/kuznetsova Соколов/sokolov Шевченко/shevchenko Коваленко/kovalenko Јовановић/jovanovic Димитров/dimitrov Морозова/morozova Попов/popov Васильева/vasilyeva Новиков/novikov Фёдорова/fyodorova Волков/volkov Алексеева/alekseeva Лебедев/lebedev Козлова/kozlova Степанов/stepanov Орлова/orlova Бондаренко/bondarenko Ткаченко/tkachenko Мельник/melnyk Кравченко/kravchenko Николић/nikolic Петровић/petrovic Стојановић/stojanovic Христов/hristov Тодорова/todorova Захаров/zakharov",
    ),
  },
  {
    given: names(
      "Ελένη/eleni Γιώργος/giorgos Μαρία/maria Νίκος/nikos Σοφία/sofia Δημήτρης/dimitris Κατερίνα/katerina Ανδρέας/andreas Χρήστος/christos Ιωάννα/ioanna Παναγιώτης/panagiotis Βασιλική/vasiliki Σπύρος/spyros Αγγελική/angeliki",
    ),
    family: names(
      "Παπαδόπουλος/papadopoulos Γεωργίου/georgiou Νικολάου/nikolaou Αντωνίου/antoniou Βασιλείου/vasileiou Οικονόμου/oikonomou Μακρής/makris Δήμος/dimos Παππάς/pappas Καραγιάννης/karagiannis Αγγελόπουλος/angelopoulos Χριστοδούλου/christodoulou Παπανικολάου/papanikolaou Αλεξίου/alexiou Κωνσταντινίδης/konstantinidis Θεοδωρίδης/theodoridis Σταματόπουλος/stamatopoulos Μιχαηλίδης/michailidis Λάμπρου/lamprou Σπανός/spanos",
    ),
  },
  {
    given: names(
      "محمد/mohammed فاطمة/fatima أحمد/ahmed مريم/maryam علي/ali زينب/zaynab حسن/hassan ليلى/layla عمر/omar نور/nour خديجة/khadija يوسف/youssef سارة/sara كريم/karim هدى/huda طارق/tariq",
    ),
    family: names(
      "الحسن/alhassan العلي/alali خليل/khalil منصور/mansour حداد/haddad نجار/najjar سعيد/saeed قاسم/qasim فارس/faris عباس/abbas الخطيب/alkhatib الشامي/alshami السيد/elsayed المصري/almasri الأنصاري/alansari بن_عمر/benomar الزهراني/alzahrani القحطاني/alqahtani الفاسي/elfassi بوعزيز/bouaziz الحربي/alharbi شاهين/shaheen",
    ),
  },
  {
    given: names(
      "Aarav Priya Arjun Ananya Rohan Lakshmi Vikram Sneha Imran Ayesha Sanjay Meera Kabir Divya Harpreet Ishaan Kavya Aditya Pooja Rahul Nisha Faisal Shreya Manish Gurpreet",
    ),
    family: names(
      "Sharma Patel Singh Kumar Gupta Khan Reddy Nair Iyer Das Mukherjee Chatterjee Kaur Joshi Venkataraman Mehta Chopra Malhotra Banerjee Desai Agarwal Srinivasan Krishnamurthy Subramaniam Pillai Menon Choudhury Bhattacharya Rajagopal Hussain Siddiqui Qureshi Bhandari Thakur Deshpande",
    ),
  },
  {
    given: names(
      "伟/wei 芳/fang 娜/na 敏/min 静/jing 强/qiang 磊/lei 洋/yang 艳/yan 杰/jie 秀英/xiuying 建国/jianguo 丽/li 勇/yong 军/jun 霞/xia 婷婷/tingting 浩然/haoran 雨桐/yutong 志强/zhiqiang",
    ),
    family: names(
      "王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 赵/zhao 吴/wu 周/zhou 徐/xu 欧阳/ouyang 孙/sun 朱/zhu 马/ma 胡/hu 林/lin 郭/guo 何/he 高/gao 罗/luo 郑/zheng 梁/liang 谢/xie 司马/sima 诸葛/zhuge",
    ),
    familyFirst: true,
  },
  {
    given: names(
      "陽翔/haruto 結衣/yui 蓮/ren 葵/aoi 大翔/hiroto 美咲/misaki 健太/kenta さくら/sakura 直樹/naoki 明日香/asuka 翔太/shota 優子/yuko 拓海/takumi 恵/megumi 大輔/daisuke 真由美/mayumi",
    ),
    family: names(
      "佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 山田/yamada 加藤/kato 吉田/yoshida 佐々木/sasaki 松本/matsumoto 井上/inoue 木村/kimura 清水/shimizu 山崎/yamazaki 阿部/abe 石川/ishikawa 前田/maeda 長谷川/hasegawa 近藤/kondo 藤原/fujiwara",
    ),
    familyFirst: true,
  },
  {
    given: names(
      "민준/minjun 서연/seoyeon 지훈/jihoon 수빈/subin 예준/yejun 하은/haeun 현우/hyunwoo 유진/yujin 도윤/doyun 지우/jiwoo 성민/seongmin 은지/eunji 태희/taehee 준호/junho",
    ),
    family: names(
      "김/kim 이/lee 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon 장/jang 임/lim 한/han 오/oh 서/seo 신/shin 권/kwon 황보/hwangbo 남궁/namgung 송/song",
    ),
    familyFirst: true,
  },
  {
    given: names(
      "Anh Hoa Minh Linh Tuấn Hương Đức Thảo Quang Ngọc Bảo Trâm Phúc Yến Khánh Hùng Lan Nam Mai Sơn Trinh Việt Nhung Long Phương",
    ),
    family: names(
      "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Cao Phùng Tạ Quách Lương Thái Châu Kiều Đoàn Tôn_Thất",
    ),
    familyFirst: true,
  },
  {
    given: names(
      "Chinedu Ngozi Kwame Amina Oluwaseun Thandiwe Tendai Wanjiru Abebe Zainab Sipho Adaeze Kofi Makena Yetunde Emeka Folake Nia Jabari Blessing Tafari Zanele Ousmane Fatoumata Themba",
    ),
    family: names(
      "Okafor Adeyemi Mensah Abubakar Dlamini Nkosi Mwangi Tadesse Otieno Eze Balogun Osei Kamau Ndlovu Chukwu Diallo Traoré Coulibaly Ouédraogo Kariuki Wambui Njoroge Achieng Mokoena Mthembu Nkrumah Boateng Asante Oyelaran Olatunji Gebremariam Haile_Selassie Mbatha Chikwanha",
    ),
  },
  {
    given: names(
      "Ayşe Mehmet Zeynep Mustafa Elif Emre Gülşen Çağlar Işıl Ömer Şule Tuğba Yiğit Özge İbrahim Fatma Hüseyin Merve Burak Esra Serkan Derya Volkan",
    ),
    family: names(
      "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Güneş Erdoğdu Yıldırım Özkan Koç Kurt Şimşek Polat Korkmaz Çakır Erdem Yavuz Bulut Aslan Güler Taşkın Karaca Aksoy Bozkurt Sönmez Uçar Karadağ",
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
  const common = <T>(list: T[]) => list[Math.floor(list.length * random() ** 1.5)] as T;

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
  const createdAt = now - Math.floor(random() * daysBack * DAY_MS);
  const age = now - createdAt;
  const seen = status !== "invited" && random() < 0.92;
  const quiet = status === "disabled" || random() < 0.33;
  const sinceSeen = quiet ? random() * age : random() ** 2 * Math.min(age, 90 * DAY_MS);
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
