package io.realmstream.deploy.cli.input;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a file may be whose first line is no row. */
public final class Shape {
  private static final int BYTES_LOOKED_AT = 4096;

  /** Control characters but the tab, and what stands for bytes that are no UTF-8. */
  private static final Pattern BINARY = Pattern.compile("[\\p{Cntrl}\uFFFD&&[^\t]]");

  private static final Pattern COMMAS = Pattern.compile("[\\w\",]+");

  private Shape() {}

  /**
   * A hint to add to what is wrong with the line; empty when nobody knows.
   *
   * @param line the file's first
   */
  public static String hint(byte[] line) {
    String encoding = hintOfEncoding(line);
    if (!encoding.isEmpty()) {
      return encoding;
    }
    int length = Math.min(line.length, BYTES_LOOKED_AT);
    String text = new String(line, 0, length, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    if (text.startsWith("[")) {
      return looksLike("a JSON array", "`jq -c '.[]'` makes JSON lines of it");
    }
    if (text.startsWith("{") && text.indexOf('}') < 0) {
      return looksLike("pretty-printed JSON", "`jq -c .` makes JSON lines of it");
    }
    if (text.startsWith("<doc ")) {
      return looksLike("WikiExtractor's XML", "its option --json makes JSON lines");
    }
    if (!text.startsWith("{") && text.indexOf('\t') >= 0 && !BINARY.matcher(text).find()) {
      return looksLike("TSV", "`load --format tsv` takes it, if its header names id and text");
    }
    return text.indexOf(',') > 0 && COMMAS.matcher(text).matches()
        ? looksLike("CSV", "make JSON lines of it, or TSV for `load --format tsv`")
        : "";
  }

  /** The same for bytes that are no UTF-8. */
  static String hintOfEncoding(byte[] bytes) {
    return bytes.length >= 2 && isUtf16(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff))
        ? looksLike("UTF-16", "`iconv -f UTF-16 -t UTF-8` makes UTF-8 of it")
        : "";
  }

  private static boolean isUtf16(int firstBytes) {
    return firstBytes == 0xfffe || firstBytes == 0xfeff;
  }

  private static String looksLike(String what, String remedy) {
    return " (the file looks like " + what + ": " + remedy + ")";
  }
}
