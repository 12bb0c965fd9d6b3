/** Whether the host of an address, as URL writes it, with a port or without, is this very machine. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}
