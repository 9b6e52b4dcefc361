package io.realmstream.model.checkpoint;

import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parts of checkpoints on this machine's disk: {@code DIRECTORY/SHA256/part}.
 *
 * <p>A file appears there only complete and verified: it is copied under another name, its digest
 * computed on the way, and then renamed, which is atomic. So several threads, and several
 * processes, may share a directory. A file that an earlier process left is verified again before
 * its first use and fetched again if it is not what its name says. Each part is alone in its
 * folder, because a model may not refer to data outside its folder: so it can refer to nothing.
 */
public final class PartCache {
  /** An ONNX file cannot be larger: it is one protocol buffer. */
  public static final long PART_BYTES_MAX = Integer.MAX_VALUE;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Path directory;
  private final PartOpener opener;
  private final long partBytesMax;

  /** Length in bytes of each file that this object has verified, by digest. */
  private final Map<String, Long> verified = new HashMap<>();

  public PartCache(Path directory, PartOpener opener) {
    this(directory, opener, PART_BYTES_MAX);
  }

  /**
   * @param partBytesMax largest part; copying stops there
   */
  public PartCache(Path directory, PartOpener opener, long partBytesMax) {
    this.directory = directory;
    this.opener = opener;
    this.partBytesMax = partBytesMax;
  }

  /** Where the parts are. */
  public Path directory() {
    return directory;
  }

  /**
   * The part as a file whose content has the part's digest.
   *
   * @throws CheckpointException if it cannot be read, is too large, or has another digest
   */
  public synchronized Path fetch(Part part) throws CheckpointException {
    if (!SHA256.matcher(part.sha256()).matches()) {
      throw new CheckpointException(
          "%s: sha256 must be 64 hexadecimal digits in lower case, not '%s'"
              .formatted(part.uri(), part.sha256()));
    }
    Path file = directory.resolve(part.sha256()).resolve("part");
    try {
      if (!isVerified(file, part.sha256())) {
        Files.createDirectories(file.getParent());
        verified.put(part.sha256(), copy(part, file));
      }
    } catch (IOException e) {
      boolean mayPass = !(e instanceof ForbiddenPartException);
      throw new CheckpointException("%s: %s".formatted(part.uri(), reason(e)), e, mayPass);
    }
    return file;
  }

  private boolean isVerified(Path file, String sha256) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    Long length = verified.get(sha256);
    if (length != null) {
      return length == Files.size(file);
    }
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      length = copy(in, OutputStream.nullOutputStream(), digest);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      return false;
    }
    verified.put(sha256, length);
    return true;
  }

  private long copy(Part part, Path file) throws IOException, CheckpointException {
    MessageDigest digest = sha256();
    Path partial = Files.createTempFile(directory, part.sha256(), ".partial");
    try {
      long length;
      try (InputStream in = opener.open(uri(part));
          OutputStream out = Files.newOutputStream(partial)) {
        length = copy(in, out, digest);
      }
      String found = HexFormat.of().formatHex(digest.digest());
      if (!found.equals(part.sha256())) {
        throw new CheckpointException(
            "%s: its SHA-256 is %s, the checkpoint says %s"
                .formatted(part.uri(), found, part.sha256()));
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      return length;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private long copy(InputStream in, OutputStream out, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      length += n;
      if (length > partBytesMax) {
        throw new ForbiddenPartException("larger than " + partBytesMax + " bytes");
      }
      digest.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    return length;
  }

  private static URI uri(Part part) throws CheckpointException {
    try {
      return URI.create(part.uri());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s: not a URI".formatted(part.uri()), e);
    }
  }

  /** These exceptions carry a bare path as their message. */
  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "no such file: " + e.getMessage()
        : "" + e.getMessage();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
