import { createHmac } from 'node:crypto';
import { UserError } from '../../cli/user-error.ts';

/** A user who reads one tenant's views and writes into databases of its own. */
export type Analyst = { user: string; role: string; tenant: string; password: string; database: string };

/**
 * Reads `analyst, finance:acme`: users, each with the tenant that it reads. `analyst` writes into `analytics`, every
 * other one into the database of its name, and each into those whose names go on after an underscore.
 * @throws UserError when such a database is not theirs to have
 */
export function readAnalysts(list: string, options: { tenant: string; secret: string; warehouse: string }): Analyst[] {
  const { tenant, secret, warehouse } = options;
  const names = list.split(',').map((item) => item.trim());
  return names.filter(Boolean).map((item) => {
    const [user = '', ownTenant = tenant] = item.split(':');
    const database = user === 'analyst' ? 'analytics' : user;
    if (RESERVED.test(user) || `${warehouse}_`.startsWith(`${database}_`)) {
      throw new UserError(
        `ANALYSTS: ${user} cannot be an analyst, who would own the database ${database}. Choose another.`,
      );
    }
    return { user, role: `analyst_${user}`, tenant: ownTenant, database, password: passwordOf(user, secret) };
  });
}

// Databases of the engine itself; ClickHouse's user
const RESERVED = /^(default|system|information|analytics)$/;

/** Every analyst has its own password, all from one secret: nothing has to be stored for a new one. */
function passwordOf(user: string, secret: string): string {
  return createHmac('sha256', secret).update(`analyst ${user}`).digest('hex').slice(0, 32);
}
