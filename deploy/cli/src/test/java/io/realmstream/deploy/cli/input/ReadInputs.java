package io.realmstream.deploy.cli.input;

import io.realmstream.schemas.document.DocumentEdit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;

/** Inputs of tests, and what was read of them. */
final class ReadInputs {
  private ReadInputs() {}

  static Inputs inputs(String... arguments) {
    InputStream stdin = new ByteArrayInputStream(bytes(row("stdin")));
    return Inputs.of(List.of(arguments), DocumentFormat.DOCUMENTS, RowFields.OF_FORMAT, stdin);
  }

  static List<String> read(Inputs inputs) throws IOException {
    List<String> rows = new ArrayList<>();
    for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
      rows.add(row.position() + " " + edit(row).id());
    }
    inputs.close();
    return rows;
  }

  static DocumentEdit edit(@Nullable InputRow row) {
    return Objects.requireNonNull(Objects.requireNonNull(row).edit());
  }

  static String row(String id) {
    return "{\"id\":\"" + id + "\",\"text\":\"t\"}";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<String> problems(Inputs inputs) throws IOException {
    List<String> problems = new ArrayList<>();
    for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
      if (row.edit() == null) {
        problems.add(row.position() + ": " + row.problem());
      }
    }
    return problems;
  }

  static byte[] compressed(String name, byte[]... members) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (OutputStream out =
          name.endsWith(".gz")
              ? new GZIPOutputStream(file)
              : new BZip2CompressorOutputStream(file)) {
        out.write(member);
      }
    }
    return file.toByteArray();
  }
}
