package org.tallystick.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Hostile and odd usage files: bytes by name.
final class OddFiles {

  static final String HEADER = "id,who,at,n\n";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private OddFiles() {}

  static Map<String, byte[]> all() {
    var odd = new OddFiles();
    odd.shapes();
    odd.quotes();
    odd.values();
    odd.headers();
    odd.bytes();
    odd.packed();
    odd.notations();
    odd.json();
    return odd.files;
  }

  /// A good row.
  static String row(String id) {
    return id + ",x,2026-11-01T00:00:00Z,2\n";
  }

  private void text(String name, String content) {
    files.put(name, content.getBytes(UTF_8));
  }

  private void coded(String name, Charset charset, String content) {
    files.put(name, content.getBytes(charset));
  }

  private void shapes() {
    text("empty", "");
    text("only a header", HEADER);
    text("only blank lines", "\n\n \n\t\n");
    text("no line end at the end", HEADER + row("a1").strip());
    text("carriage returns", (HEADER + row("a2") + row("a3")).replace("\n", "\r\n"));
    text("mixed line ends", HEADER + row("a4").replace("\n", "\r\n") + row("a5"));
    text("old Mac line ends", HEADER + row("a6") + row("a7").replace("\n", "\r") + row("a8"));
    text("blank lines between", HEADER + "\n" + row("a9") + "\n\n" + row("b1"));
    text("too many columns", HEADER + row("b2").replace("\n", ",more\n") + row("b3"));
    text("too few columns", HEADER + "b4,x\n" + row("b5"));
    text("a million columns", HEADER + ",".repeat(1_000_000) + "\n" + row("b6"));
    text("a line of 2 MiB", HEADER + "z".repeat(2 << 20) + "\n" + row("b7"));
    text("a line of 2 MiB without an end", HEADER + row("b8") + "z".repeat(2 << 20));
    text("the same row twice", HEADER + row("b9") + row("b9"));
    text("the same id, other content", HEADER + row("c1") + row("c1").replace(",2\n", ",3\n"));
    text("the header again", HEADER + row("c2") + HEADER + row("c3"));
  }

  private void quotes() {
    text("a quote over the whole file", HEADER + "\"" + row("c4") + row("c5") + row("c6"));
    text("a quote that is never closed", HEADER + row("c7") + "c8,\"x,y\n" + row("c9"));
    text("a quoted line break", HEADER + "\"d\n1\",x,2026-11-01T00:00:00Z,2\n" + row("d2"));
    text("quoted cells", HEADER + "\"d3\",\"x\",\"2026-11-01T00:00:00Z\",\"2\"\n");
    text("a quote within a cell", HEADER + "d\"4,x,2026-11-01T00:00:00Z,2\n" + row("d5"));
    text("text after a quote", HEADER + "\"d6\"y,x,2026-11-01T00:00:00Z,2\n" + row("d7"));
    text("a comma in quotes", HEADER + "\"d,8\",x,2026-11-01T00:00:00Z,2\n");
    text("a formula", HEADER + "=cmd|'/c calc'!A1,x,2026-11-01T00:00:00Z,2\n");
    text("SQL", HEADER + "'; drop table usage_record; --,x,2026-11-01T00:00:00Z,2\n");
    text("backslashes and tabs", HEADER + "d\\N\\.9\t.,x,2026-11-01T00:00:00Z,2\n\\.\n");
  }

  private void values() {
    text("400 digits", HEADER + number("e1", "9".repeat(400)) + row("e2"));
    text("an exponent", HEADER + number("e3", "1e400000000") + number("e4", "1E2"));
    text("not a number", HEADER + number("e5", "NaN") + number("e6", "Infinity"));
    text("hexadecimal", HEADER + number("e7", "0x10") + number("e8", "1_000"));
    text("Arabic digits", HEADER + number("e9", "٣") + row("f1"));
    text("20 decimals", HEADER + number("f2", "0.00000000000000000001"));
    text("beyond 2^53", HEADER + number("f3", "9007199254740993"));
    text("negative", HEADER + number("f4", "-1") + number("f5", "-0"));
    text("no quantity", HEADER + number("f6", "") + row("f7"));
    text("no subject", HEADER + "f8,,2026-11-01T00:00:00Z,2\n");
    text("no id", HEADER + ",x,2026-11-01T00:00:00Z,2\n");
    text("the year 9999", HEADER + time("f9", "9999-12-31T23:59:59Z"));
    text("the year 10000", HEADER + time("g1", "+10000-01-01T00:00:00Z"));
    text("before 1970", HEADER + time("g2", "1969-12-31T23:59:59Z"));
    text("February 30", HEADER + time("g3", "2026-02-30T00:00:00Z") + row("g4"));
    text("a leap second", HEADER + time("g5", "2016-12-31T23:59:60Z"));
    text("a time without a zone", HEADER + time("g6", "2026-11-01T00:00:00"));
    text("an offset", HEADER + time("g7", "2026-11-01T01:00:00+01:00"));
    text("a long id", HEADER + row("g".repeat(201)) + row("h".repeat(200)));
  }

  private static String number(String id, String number) {
    return id + ",x,2026-11-01T00:00:00Z," + number + "\n";
  }

  private static String time(String id, String time) {
    return id + ",x," + time + ",2\n";
  }

  private void headers() {
    text("no header", row("i1") + row("i2"));
    text("other order, more columns", "n,extra,at,who,id\n2,e,2026-11-01T00:00:00Z,x,i3\n");
    text("a needed column twice", "id,who,at,n,n\n" + row("i4").replace("\n", ",3\n"));
    text("another column twice", "id,who,at,n,o,o\n" + row("i5").replace("\n", ",,\n"));
    text("other names", "ID,Who,When,N\n" + row("i6"));
    text("of another format", "<html>\n<body>not found</body>\n</html>\n");
  }

  private void bytes() {
    text("a byte order mark", "\uFEFF" + HEADER + row("j1"));
    coded("UTF-16 with a mark", UTF_16LE, "\uFEFF" + HEADER + row("j2ü"));
    coded("not UTF-8", ISO_8859_1, HEADER + row("jü3") + row("j4"));
    text("NUL in a line", HEADER + "j\0005,x,2026-11-01T00:00:00Z,2\n" + row("j6"));
    files.put("only NUL", new byte[100_000]);
    text("emoji", HEADER + row("j7🧾"));
    text("right to left marks", HEADER + row("j8\u202E"));
  }

  private void packed() {
    var good = (HEADER + row("k1") + row("k2")).getBytes(UTF_8);
    files.put("gzip", gzip(good));
    files.put("gzip, cut", Arrays.copyOf(gzip(noise("l")), 3_000));
    files.put("gzip, cut in its header", Arrays.copyOf(gzip(good), 5));
    files.put("zstd", Zstd.compress((HEADER + row("k3")).getBytes(UTF_8)));
    files.put("zstd, cut", Arrays.copyOf(Zstd.compress(noise("m")), 3_000));
    files.put("zip", zip("usage.csv", (HEADER + row("k4")).getBytes(UTF_8)));
    files.put("zip with a path", zip("../../etc/passwd", (HEADER + row("k5")).getBytes(UTF_8)));
    files.put("zip, cut", Arrays.copyOf(zip("usage.csv", noise("o")), 3_000));
    files.put("a bomb of zeros", gzip(new byte[64 << 20]));
    files.put("a bomb of lines", gzip("\n".repeat(1 << 20).getBytes(UTF_8)));
    files.put("gzip in gzip", gzip(gzip(good)));
  }

  /// Rows that hardly compress.
  private static byte[] noise(String prefix) {
    var text = new StringBuilder(HEADER);
    long random = 42;
    for (int n = 0; n < 1_000; n++) {
      random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      text.append(row(prefix + n + Long.toHexString(random)));
    }
    return text.toString().getBytes(UTF_8);
  }

  private void notations() {
    coded("german", Charset.forName("windows-1252"), GERMAN);
    text("fixed", "p1  x 20261101 2\np2  x 20261131 2\np3\n");
    text("epoch", "id,who,at,n\nq1,x,1793491200000,2\nq2,x,noon,2\nq3,x,99999999999999999999,2\n");
  }

  /// Semicolons, decimal commas, local times; the clocks skip 2:30 on March 29.
  private static final String GERMAN =
      """
      id;who;at;n
      ö1;x;01.11.2026 00:00;1.234,5
      ö2;x;01.11.2026 00:00;1.5
      ö3;x;29.03.2026 02:30;1
      ö4;x;25.10.2026 02:30;1
      """;

  private void json() {
    text(
        "json lines", object("r1") + "\n" + object("r2") + "\n\n{\"id\": \n" + object("r3") + "\n");
    text("json array", "[" + object("s1") + ",\n\n " + object("s2") + ", 7, [1]]");
    text("json array, cut", "[" + object("t1") + "," + object("t2").substring(0, 20));
    text("one json object", object("u1").replace(", ", ",\n").replace("{\"id\"", "{\n\"id\""));
    text("json, a name twice", object("u2").replace("\"who\"", "\"id\": \"u3\", \"who\"") + "\n");
    text("json, a huge number", object("u4").replace("[2]", "[1e999999999]") + "\n");
    text("json, exact decimals", object("u5").replace("[2]", "[0.12345678901234567890123]") + "\n");
    text("json, nested deeply", "[".repeat(100_000) + "\n");
    text("json, another type", object("u6").replace("[2]", "{\"n\": 2}") + "\n");
  }

  private static String object(String id) {
    return "{\"id\": \""
        + id
        + "\", \"who\": \"x\", \"at\": \"2026-11-01T00:00:00Z\","
        + " \"data\": {\"n\": [2]}}";
  }

  private static byte[] gzip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String name, byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
