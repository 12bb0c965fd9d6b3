/**
 * How many times as long each race and drill goes on: once in `npm test`, which finds what is plainly broken; many
 * times in `npm run bench -- races`, which finds what is rare.
 */
export const RACE_TIMES = Number(process.env["LATCHKEY_RACE_TIMES"] ?? 1);
