package io.realmstream.deploy.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A stopped run as one file: its broker's data, its savepoints, its models, and its answers. */
final class KeptRun {
  private static final String ANSWERS = "answers.jsonl";

  /** What a run needs to go on. */
  private static final List<String> FOLDERS = List.of("kafka/data", "checkpoints", "models");

  /** What each process unpacks for itself. */
  private static final Path LIBRARIES = Path.of("models", "natives");

  /** A question with its result. */
  record Asked(Query query, AnswerResult result) {}

  private KeptRun() {}

  /** Writes what a stopped run has in its folder. */
  static void write(Path directory, List<Asked> answers, Path zip) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String folder : FOLDERS) {
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            Path within = directory.relativize(file);
            if (!within.startsWith(LIBRARIES)) {
              out.putNextEntry(new ZipEntry(within.toString()));
              Files.copy(file, out);
            }
          }
        }
      }
      out.putNextEntry(new ZipEntry(ANSWERS));
      for (Asked asked : answers) {
        line(out, Codecs.QUERY.encode(asked.query()));
        Answer answer = new Answer(asked.query().id(), asked.result(), AnswerRun.NONE);
        line(out, Codecs.ANSWER.encode(answer));
      }
    }
  }

  private static void line(OutputStream out, byte[] json) throws IOException {
    out.write(json);
    out.write('\n');
  }

  /** Lays its files into a folder; returns the answers that it gave. */
  static List<Asked> unpack(InputStream zip, Path directory) throws Exception {
    try (ZipInputStream in = new ZipInputStream(zip)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
      }
    }
    List<String> lines = Files.readAllLines(directory.resolve(ANSWERS));
    List<Asked> answers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      Query query = Codecs.QUERY.decode(lines.get(i).getBytes(UTF_8));
      Answer answer = Codecs.ANSWER.decode(lines.get(i + 1).getBytes(UTF_8));
      answers.add(new Asked(query, answer.result()));
    }
    return answers;
  }
}
