/// How Java speaks to PostgreSQL: statements by name, rows by COPY. Owns no statement: those are
/// the files of the sql module.
@NullMarked
package org.tallystick.sql;

import org.jspecify.annotations.NullMarked;
