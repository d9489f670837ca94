import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/** Where a request comes from. An IPv6 address counts as its /56 network, which one person has. */
export const addressOf = ({ ip = '' }: Request) => ipKeyGenerator(ip);
