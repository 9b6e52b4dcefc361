package io.realmstream.deploy.interleaving;

import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Embedding;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.ReaderPart;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Encoders and readers of any checkpoint, each opened once, each question and text run once. */
final class PlainModels implements AutoCloseable {
  private final PartCache parts;
  private final Map<EncoderTower, Encoder> encoders = new HashMap<>();
  private final Map<ReaderPart, SpanReader> readers = new HashMap<>();
  private final Map<Question, Embedding> questions = new HashMap<>();
  private final Map<Reading, PassageReading> readings = new HashMap<>();

  private record Question(EncoderTower tower, String text) {}

  /** A passage that is read for a question. */
  record Reading(ReaderPart reader, String question, String title, String text) {}

  /**
   * @param models folder for the files that it opens
   */
  PlainModels(Path models) {
    parts = new PartCache(models, PartOpener.local(PlainModels.class.getClassLoader()));
  }

  Embedding question(EncoderTower tower, String text) throws Exception {
    Question question = new Question(tower, text);
    Embedding known = questions.get(question);
    if (known == null) {
      known = encoder(tower).embedQuery(text);
      questions.put(question, known);
    }
    return known;
  }

  PassageReading read(Reading reading) throws Exception {
    PassageReading known = readings.get(reading);
    if (known == null) {
      known = reader(reading.reader).read(reading.question, reading.title, reading.text);
      readings.put(reading, known);
    }
    return known;
  }

  Encoder encoder(EncoderTower tower) throws Exception {
    Encoder open = encoders.get(tower);
    if (open == null) {
      open = Encoder.open(tower, parts);
      encoders.put(tower, open);
    }
    return open;
  }

  private SpanReader reader(ReaderPart part) throws Exception {
    SpanReader open = readers.get(part);
    if (open == null) {
      open = SpanReader.open(part, parts);
      readers.put(part, open);
    }
    return open;
  }

  @Override
  public void close() {
    encoders.values().forEach(Encoder::close);
    readers.values().forEach(SpanReader::close);
  }
}
