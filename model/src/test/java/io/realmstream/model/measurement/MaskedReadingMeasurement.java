package io.realmstream.model.measurement;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.schemas.version.MaskedReaderPart;
import java.net.URI;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * What one reading of BERT takes beside a bare ONNX Runtime loop over the same tokens, on one
 * thread, in turns. From the root of the project, behind the first line of {@link
 * OpenQaMeasurement}, after {@code deploy/realm model install bert-base-mlm}:
 *
 * <pre>
 * java -cp "model/target/test-classes:model/target/classes:schemas/target/classes:$(cat model/target/classpath)" \
 *   io.realmstream.model.measurement.MaskedReadingMeasurement READER COUNT
 * </pre>
 */
public final class MaskedReadingMeasurement {
  private static final int TOKENS = 128;
  private static final long CLS = 101;
  private static final long SEP = 102;
  private static final long MASK = 103;
  private static final long LETTER_A = 1037;
  private static final int QUESTION_TOKENS = 16;

  private MaskedReadingMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    MaskedReaderPart part =
        JsonMapper.builder()
            .build()
            .readValue(folder.resolve("masked-reader.json").toFile(), MaskedReaderPart.class);
    Path files = Files.createTempDirectory("models");
    PartCache cache =
        new PartCache(files, PartOpener.local(MaskedReadingMeasurement.class.getClassLoader()));
    try (MaskedReader reader = MaskedReader.open(part, cache);
        OrtSession bare = session(Path.of(URI.create(part.model().uri())))) {
      String text = "a ".repeat(QUESTION_TOKENS - 1) + MaskedQuestion.MASK;
      MaskedQuestion question = reader.question(text);
      String body = "a ".repeat(TOKENS - QUESTION_TOKENS - 3);
      double[] ours = new double[count];
      double[] theirs = new double[count];
      for (int i = -count / 5; i < count; i++) {
        long start = System.nanoTime();
        reader.read(question, "", body);
        double ms = (System.nanoTime() - start) / 1e6;
        start = System.nanoTime();
        run(bare);
        double bareMs = (System.nanoTime() - start) / 1e6;
        if (i >= 0) {
          ours[i] = ms;
          theirs[i] = bareMs;
        }
      }
      double[] ratios = new double[count];
      Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
      System.out.printf(
          "%d tokens, %d readings: reader %.1f ms, bare %.1f ms, median of the ratios %.3f%n",
          TOKENS, count, median(ours), median(theirs), median(ratios));
    }
  }

  private static OrtSession session(Path model) throws Exception {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setMemoryPatternOptimization(false);
      options.addConfigEntry("session.x64quantprecision", "1");
      return load(model, options);
    }
  }

  /** On a large stack: ONNX Runtime walks the graph by recursion when it loads it. */
  private static OrtSession load(Path model, OrtSession.SessionOptions options) throws Exception {
    var task =
        new FutureTask<>(
            () -> OrtEnvironment.getEnvironment().createSession(model.toString(), options));
    new Thread(null, task, "load", 64L << 20).start();
    return task.get();
  }

  private static void run(OrtSession session) throws OrtException {
    long[] ids = new long[TOKENS];
    Arrays.fill(ids, LETTER_A);
    ids[0] = CLS;
    ids[QUESTION_TOKENS] = MASK;
    ids[QUESTION_TOKENS + 1] = SEP;
    ids[TOKENS - 1] = SEP;
    long[] types = new long[TOKENS];
    Arrays.fill(types, QUESTION_TOKENS + 2, TOKENS, 1);
    long[] attention = new long[TOKENS];
    Arrays.fill(attention, 1);
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      inputs.put(
          name,
          switch (name) {
            case "mask_positions" -> tensor(new long[] {QUESTION_TOKENS}, 1);
            case "token_type_ids" -> tensor(types, 2);
            case "attention_mask" -> tensor(attention, 2);
            default -> tensor(ids, 2);
          });
    }
    try (OrtSession.Result result = session.run(inputs)) {
      result.get(0);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(long[] values, int rank) throws OrtException {
    long[] shape = rank == 1 ? new long[] {values.length} : new long[] {1, values.length};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
