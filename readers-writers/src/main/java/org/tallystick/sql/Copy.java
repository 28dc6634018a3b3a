package org.tallystick.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tallystick.domain.time.IsoInstant;

/// Rows on their way into one table by `COPY`, the fastest way there is. Part of the transaction of
/// the calling thread.
public final class Copy {

  /// So many characters are sent at a time by [#stream].
  private static final int PIECE = 1 << 16;

  private final StringBuilder rows = new StringBuilder();
  private final String target;
  private long count;

  /// `target` is a table and its columns: `posting (entry_id, posting_no)`.
  public Copy(String target) {
    this.target = target;
  }

  /// Sends a row per item in one statement, the first while the last are still being put together;
  /// `row` adds an item's row. Throws Spring's translation of what the database refuses.
  public static <T> void stream(
      DataSource dataSource, String target, List<T> items, BiConsumer<Copy, T> row) {
    if (items.isEmpty()) {
      return;
    }
    new JdbcTemplate(dataSource)
        .execute(
            (ConnectionCallback<Long>)
                connection -> {
                  var api = connection.unwrap(PGConnection.class).getCopyAPI();
                  var in = api.copyIn("copy " + target + " from stdin");
                  try {
                    var copy = new Copy(target);
                    for (var item : items) {
                      row.accept(copy, item);
                      if (copy.rows.length() > PIECE) {
                        copy.sendTo(in);
                      }
                    }
                    copy.sendTo(in);
                    return in.endCopy();
                  } finally {
                    if (in.isActive()) {
                      in.cancelCopy();
                    }
                  }
                });
  }

  private void sendTo(CopyIn in) throws SQLException {
    var bytes = rows.toString().getBytes(UTF_8);
    in.writeToCopy(bytes, 0, bytes.length);
    rows.setLength(0);
  }

  /// Adds a row; values in the order of the columns.
  public void row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        rows.append('\t');
      }
      append(values[i]);
    }
    rows.append('\n');
    count++;
  }

  /// Sends the rows in one statement.
  public void into(DataSource dataSource) {
    if (count == 0) {
      return;
    }
    var bytes = new ByteArrayInputStream(rows.toString().getBytes(UTF_8));
    new JdbcTemplate(dataSource)
        .execute(
            (ConnectionCallback<Long>)
                connection -> {
                  var copy = connection.unwrap(PGConnection.class).getCopyAPI();
                  try {
                    return copy.copyIn("copy " + target + " from stdin", bytes);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
  }

  private void append(@Nullable Object value) {
    switch (value) {
      case null -> rows.append("\\N");
      case BigDecimal decimal -> rows.append(decimal.toPlainString());
      case byte[] bytes -> rows.append("\\\\x").append(HexFormat.of().formatHex(bytes));
      case Instant instant -> rows.append(IsoInstant.text(instant));
      case String text -> escape(text);
      default -> rows.append(value);
    }
  }

  private void escape(String text) {
    if (isPlain(text)) {
      rows.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        // PostgreSQL's text holds every character but this one.
        case '\0' -> rows.append('\uFFFD');
        default -> rows.append(c);
      }
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == '\\') {
        return false;
      }
    }
    return true;
  }
}
