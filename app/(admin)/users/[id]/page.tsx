import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SessionList } from "@/components/account/session-list";
import { EventList } from "@/components/audit/event-list";
import { Message } from "@/components/message";
import { PageParts } from "@/components/page-parts";
import { personName } from "@/components/people/person-name";
import { roleLabel } from "@/components/people/role-label";
import { RelativeTime } from "@/components/relative-time";
import { Section } from "@/components/section";
import { TokenList } from "@/components/tokens/token-list";
import { Notice } from "@/components/ui/notice";
import { summaryWords } from "@/components/ui/summary-words";
import { TextLink } from "@/components/ui/text-link";
import { viewQuery, viewText } from "@/components/users/list/list-query";
import { AccessPanel } from "@/components/users/one/access-panel";
import { DeleteUser } from "@/components/users/one/delete-user";
import { EventChoice } from "@/components/users/one/event-choice";
import { FactorLine } from "@/components/users/one/factor-line";
import { ForceSignOut } from "@/components/users/one/force-sign-out";
import { MetadataForm } from "@/components/users/one/metadata-form";
import { Neighbours } from "@/components/users/one/neighbours";
import { ProfileForm } from "@/components/users/one/profile-form";
import { RemoveFactor } from "@/components/users/one/remove-factor";
import { SignInsSpark } from "@/components/users/one/sign-ins-spark";
import { SigningIn } from "@/components/users/one/signing-in";
import { snapshotOf } from "@/components/users/one/snapshot";
import { UserHeader } from "@/components/users/one/user-header";
import { may } from "@/lib/access/policy";
import { countSignIns } from "@/lib/audit/count-sign-ins";
import { listEvents } from "@/lib/audit/list-events";
import { getFactorOf } from "@/lib/factors/get-factor-of";
import { databaseNow } from "@/lib/platform/database-now";
import { orLater } from "@/lib/platform/or-later";
import { listAssignableRoles } from "@/lib/roles/list-assignable-roles";
import { listSessions, type SessionView } from "@/lib/sessions/list-sessions";
import { listTokens } from "@/lib/tokens/list-tokens";
import { getUser } from "@/lib/users/get-user";
import { findNeighbours } from "@/lib/users/list/find-neighbours";
import { ClientMessages } from "../../../client-messages";
import { forbidPage } from "../../../forbid-page";
import { missPage } from "../../../miss-page";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { revokeToken } from "../../account/actions";
import { openEvent } from "../../audit/actions";
import { findOnce } from "../../find-once";
import { requireActor } from "../../require-actor";
import { changeRole, disable, enable } from "../actions";
import {
  endSession,
  forceSignOut,
  makeInvitation,
  makeResetLink,
  remove,
  removeFactor,
  restore,
  saveMetadata,
  saveProfile,
} from "./actions";
import { NoSuchUser } from "./no-such-user";

/** How many events and sessions are shown; the rest has a page or an API of its own. */
const EVENTS = 20;
const SESSIONS = 50;

const find = findOnce(getUser);

export async function generateMetadata({ params }: PageProps<"/users/[id]">): Promise<Metadata> {
  const t = await getTranslations("userDetail");
  const { id } = await params;
  const found = await orLater(() => find(id));
  return { title: found.kind === "found" ? personName(found.user) : t("notFoundTitle") };
}

export default function UserPage({ params, searchParams }: PageProps<"/users/[id]">) {
  return whenAvailable(async () => {
    const { id } = await params;
    const actor = await requireActor("read", `/users/${encodeURIComponent(id)}`);
    const found = await find(id);
    if (found.kind === "forbidden") forbidPage();
    if (found.kind === "notFound") missPage(<NoSuchUser />);
    const { user, etag, rights, disabledReason } = found;
    const asked = await searchParams;
    const by = one(asked["events"]) === "by";
    // The list that one comes from, and goes on in.
    const from = one(asked["in"]);
    const list = from === undefined ? "" : viewText(viewQuery(from.slice(0, 1_000)));
    const helps = rights.resetPassword || rights.removeFactor;
    const editsProfile = rights.updateProfile || rights.updateEmail;
    const changesAccess = rights.updateRole || rights.updateStatus;
    const [
      roles,
      sessions,
      tokens,
      factor,
      events,
      signIns,
      neighbours,
      t,
      words,
      roleNames,
      headlines,
    ] = await Promise.all([
      listAssignableRoles(actor),
      listSessions(actor, id, { limit: SESSIONS }),
      listTokens(actor, { userId: id, limit: 100 }),
      helps ? getFactorOf(actor, id) : null,
      may(actor, "read", "AuditEvent")
        ? listEvents(actor, { [by ? "actorId" : "targetId"]: id, limit: EVENTS })
        : null,
      countSignIns(actor, id),
      from === undefined
        ? null
        : findNeighbours(actor, id, Object.fromEntries(new URLSearchParams(list))),
      getTranslations("userDetail"),
      getTranslations("userForms"),
      getTranslations("roles"),
      summaryWords(2),
    ]);

    const again = from === undefined ? "" : `?in=${encodeURIComponent(list)}`;
    const now = databaseNow();
    const name = personName(user);
    const isSelf = id === actor.userId;
    const person = { id, name, email: user.email };
    const snapshot = snapshotOf(user, etag);
    const hasMetadata = Object.keys(user.metadata).length > 0;
    const yours = (chunks: ReactNode) => <TextLink href="/account">{chunks}</TextLink>;
    const detail = (session: SessionView) => {
      const word =
        session.door === "browser"
          ? "doorBrowser"
          : session.door === "api"
            ? "doorApi"
            : "doorOther";
      return t.rich(word, { when: () => <RelativeTime at={session.createdAt} now={now} /> });
    };
    const shown = {
      profile: t("profile"),
      ...(signIns.kind === "counted" && { "sign-ins": t("signIns.title") }),
      ...(sessions.kind === "listed" && { sessions: t("sessions") }),
      ...(tokens.kind === "listed" && { tokens: t("tokens") }),
      metadata: t("metadata"),
      ...(events?.kind === "listed" && { audit: t("audit") }),
      ...(changesAccess && { access: t("access") }),
      ...(helps && { "signing-in": t("signingIn") }),
      ...(rights.delete && { danger: t("danger") }),
    };

    return (
      <ClientMessages
        sections={[
          "linkReceipt",
          "roles",
          "rules",
          "tokenRevocation",
          "userActions",
          "userForms",
          "users",
          "waiting",
        ]}
      >
        <UserHeader user={user} isSelf={isSelf} now={now} list={list}>
          {neighbours?.kind === "found" && (
            <Neighbours previous={neighbours.previous} next={neighbours.next} list={list} />
          )}
        </UserHeader>
        <div className="mt-4">
          <PageParts label={t("sections")} parts={shown} />
        </div>
        {!Object.values(rights).includes(true) && (
          <div className="mt-6">
            <Notice tone="ok">{t("cannotChange")}</Notice>
          </div>
        )}
        <div className="mt-8 grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="min-w-0 space-y-12">
            <Section id="profile" title={t("profile")}>
              {editsProfile ? (
                <ProfileForm
                  userId={id}
                  fixed={{ name: !rights.updateProfile, email: !rights.updateEmail }}
                  snapshot={snapshot}
                  save={saveProfile.bind(null, id)}
                  headlines={headlines}
                />
              ) : (
                <dl className="space-y-3">
                  <dt className="text-sm text-soft">{words("name")}</dt>
                  <dd className="wrap-anywhere">{user.name ?? t("noName")}</dd>
                  <dt className="text-sm text-soft">{words("email")}</dt>
                  <dd className="wrap-anywhere">{user.email}</dd>
                </dl>
              )}
            </Section>
            {signIns.kind === "counted" && (
              <Section id="sign-ins" title={t("signIns.title")}>
                <SignInsSpark days={signIns.days} />
              </Section>
            )}
            {sessions.kind === "listed" && (
              <Section id="sessions" title={t("sessions")} intro={t("sessionsIntro")}>
                {sessions.sessions.length === 0 ? (
                  <p className="border-y border-line py-4 text-soft">{t("sessionsNone")}</p>
                ) : (
                  <>
                    <SessionList
                      sessions={sessions.sessions}
                      end={endSession}
                      now={now}
                      detail={detail}
                    />
                    {sessions.nextCursor !== null && (
                      <p className="mt-3 text-sm text-soft">
                        {t("sessionsMore", { count: sessions.sessions.length })}
                      </p>
                    )}
                    {sessions.sessions.some((session) => !session.current) && (
                      <div className="mt-4">
                        <ForceSignOut
                          person={person}
                          isSelf={isSelf}
                          count={
                            sessions.nextCursor === null
                              ? sessions.sessions.filter((session) => !session.current).length
                              : null
                          }
                          end={forceSignOut}
                        />
                      </div>
                    )}
                  </>
                )}
              </Section>
            )}
            {tokens.kind === "listed" && (
              <Section
                id="tokens"
                title={t("tokens")}
                intro={isSelf ? t.rich("tokensYours", { link: yours }) : t("tokensIntro")}
              >
                <TokenList
                  tokens={tokens.tokens}
                  more={tokens.nextCursor !== null}
                  revoke={revokeToken}
                  now={now}
                />
              </Section>
            )}
            <Section id="metadata" title={t("metadata")} intro={t("metadataIntro")}>
              {rights.updateProfile ? (
                <MetadataForm userId={id} snapshot={snapshot} save={saveMetadata.bind(null, id)} />
              ) : hasMetadata ? (
                <pre className="rounded border border-line bg-sunken p-4 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
                  {snapshot.metadata}
                </pre>
              ) : (
                <p className="text-soft">{t("metadataNone")}</p>
              )}
            </Section>
            {events?.kind === "listed" && (
              <Section id="audit" title={t("audit")}>
                <EventChoice
                  label={t("auditChoice")}
                  choices={[
                    {
                      href: `/users/${id}${again}#audit`,
                      text: t("auditOf", { name }),
                      current: !by,
                    },
                    {
                      href: `/users/${id}?events=by${from === undefined ? "" : `&in=${encodeURIComponent(list)}`}#audit`,
                      text: t("auditBy", { name }),
                      current: by,
                    },
                  ]}
                />
                {events.events.length > 0 ? (
                  <EventList events={events.events} now={now} open={openEvent} />
                ) : (
                  <p className="border-y border-line py-4 text-soft">{t("auditNone")}</p>
                )}
                {events.nextCursor !== null && (
                  <p className="mt-4">
                    <TextLink href={`/audit?${by ? "actorId" : "targetId"}=${id}`}>
                      {t("auditAll")}
                    </TextLink>
                  </p>
                )}
              </Section>
            )}
          </div>
          <div className="beside">
            {changesAccess && (
              <Section id="access" title={t("access")} aside>
                <AccessPanel
                  person={{ ...person, role: user.role.slug, status: user.status, disabledReason }}
                  version={etag}
                  isSelf={isSelf}
                  may={{ role: rights.updateRole, status: rights.updateStatus }}
                  roles={roles.map((role) => ({
                    value: role.slug,
                    label: roleLabel(roleNames, role),
                  }))}
                  changes={{ changeRole, disable, enable }}
                />
              </Section>
            )}
            {helps && (
              <Section id="signing-in" title={t("signingIn")} aside>
                {factor?.kind === "found" && <FactorLine factor={factor} />}
                {factor?.kind === "found" && factor.has && rights.removeFactor && !isSelf && (
                  <RemoveFactor person={person} remove={removeFactor} />
                )}
                <SigningIn
                  person={person}
                  status={user.status}
                  isSelf={isSelf}
                  mayMake={
                    user.status === "invited"
                      ? may(actor, "create", "User", user)
                      : rights.resetPassword
                  }
                  makeInvitation={makeInvitation}
                  makeResetLink={makeResetLink}
                />
              </Section>
            )}
            {rights.delete && (
              <Section id="danger" title={t("danger")} aside>
                <p className="mb-4 text-sm text-soft">{t("deleteText")}</p>
                <DeleteUser person={person} isSelf={isSelf} remove={remove} restore={restore} />
              </Section>
            )}
          </div>
        </div>
      </ClientMessages>
    );
  }, Message);
}
