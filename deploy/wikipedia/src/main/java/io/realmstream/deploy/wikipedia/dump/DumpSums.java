package io.realmstream.deploy.wikipedia.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands beside the files of a dump: {@code SHA256SUMS}, and {@code _SUCCESS}, which says that
 * the dump is complete. Either may be absent.
 */
public final class DumpSums {
  private final Map<String, String> sums;
  private final boolean complete;

  private DumpSums(Map<String, String> sums, boolean complete) {
    this.sums = sums;
    this.complete = complete;
  }

  /** The sums beside a file. */
  public static DumpSums beside(Path dump) throws IOException {
    Path file = dump.toAbsolutePath().resolveSibling("SHA256SUMS");
    Map<String, String> sums = new TreeMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        // the sum, a space, a space or an asterisk, the name
        int space = line.indexOf(' ');
        if (space > 0 && space + 2 < line.length()) {
          Path name = Path.of(line.substring(space + 2)).getFileName();
          sums.put(String.valueOf(name), line.substring(0, space).toLowerCase(Locale.ROOT));
        }
      }
    }
    return new DumpSums(sums, Files.exists(file.resolveSibling("_SUCCESS")));
  }

  /** Warnings about the files before they are read; empty = none. */
  public List<String> warnings(List<Path> files) {
    List<String> warnings = new ArrayList<>();
    if (sums.isEmpty()) {
      return warnings;
    }
    if (!complete) {
      warnings.add("there is no _SUCCESS beside SHA256SUMS: the dump may be incomplete");
    }
    List<String> names = files.stream().map(file -> String.valueOf(file.getFileName())).toList();
    long others = sums.keySet().stream().filter(name -> !names.contains(name)).count();
    if (others > 0) {
      warnings.add(others + " files of SHA256SUMS are not imported here");
    }
    names.stream()
        .filter(name -> !sums.containsKey(name))
        .forEach(name -> warnings.add(name + " is not in SHA256SUMS"));
    return warnings;
  }

  /**
   * Reads a file once to compare it with its sum, if it has one.
   *
   * @throws IOException if they differ
   */
  public void check(Path file) throws IOException {
    String expected = sums.get(String.valueOf(file.getFileName()));
    if (expected == null) {
      return;
    }
    MessageDigest digest = sha256();
    try (InputStream input = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] block = new byte[1 << 16];
      while (input.read(block) >= 0) {
        // the digest sees it
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expected)) {
      throw new IOException(file + " is not what SHA256SUMS says: " + found + ", not " + expected);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
