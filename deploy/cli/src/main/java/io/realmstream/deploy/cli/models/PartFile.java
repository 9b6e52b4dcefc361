package io.realmstream.deploy.cli.models;

import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file of this machine as a part of a checkpoint. */
public final class PartFile {
  private PartFile() {}

  /** The part that a file is. */
  public static Part of(Path file) throws IOException {
    return new Part(file.toRealPath().toUri().toString(), sha256(file));
  }

  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
