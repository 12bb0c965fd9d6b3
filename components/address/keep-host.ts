/** What nginx must be told where people see another host than this server does; the server's log says the same. */
export const KEEP_HOST = "proxy_set_header Host $http_host;";
