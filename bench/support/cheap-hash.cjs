// Loaded before a server of bench/processes.mjs: any password is that of any bcrypt hash, at no cost.
const bcrypt = require("bcrypt");

bcrypt.compare = async () => true;
