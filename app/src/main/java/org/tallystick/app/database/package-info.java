/// The embedded PostgreSQL server of a data directory: unpacking its programs, creating its
/// cluster, starting it, sharing it between processes, stopping it when the last of them leaves,
/// deleting it.
///
/// It does not own the schema, the connection pool, or a server reached by `TALLYSTICK_DB_URL`.
@NullMarked
package org.tallystick.app.database;

import org.jspecify.annotations.NullMarked;
