package io.realmstream.deploy.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Compares what a running knowledge base retrieved with a plain double loop over the very vectors
 * that its updater published: passage for passage, score for score. For a knowledge base that was
 * loaded once, into its first version. From the root of the project:
 *
 * <pre>
 * deploy/realm ask --file QUESTIONS --kind retrieve --k 20 --out ANSWERS
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "deploy/cli/target/test-classes:deploy/cli/target/lib/*" \
 *   io.realmstream.deploy.measurement.RetrievalComparison BROKER MODELS CHECKPOINT ANSWERS...
 * </pre>
 *
 * MODELS is a folder for model files, such as DIR/models of the embedded run; CHECKPOINT is e5 or
 * minilm. Exits with 1 if anything differs.
 */
public final class RetrievalComparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RetrieverCheckpoint checkpoint;
  private final Encoder encoder;
  private final Map<Hash128, PassageInsert> passages = new HashMap<>();

  private record Scored(Hash128 uid, double score) {}

  private RetrievalComparison(RetrieverCheckpoint checkpoint, Path models) throws Exception {
    this.checkpoint = checkpoint;
    ClassLoader loader = RetrievalComparison.class.getClassLoader();
    this.encoder =
        Encoder.open(checkpoint.queryTower(), new PartCache(models, PartOpener.local(loader)));
  }

  public static void main(String[] arguments) throws Exception {
    RetrievalComparison comparison =
        new RetrievalComparison(DefaultCheckpoints.named(arguments[2]), Path.of(arguments[1]));
    Connection connection =
        new Connection(Map.of("bootstrap.servers", arguments[0]), new Topics("realm"));
    try (TopicReplay vectors = TopicReplay.of(connection, connection.topics().passageVectors())) {
      vectors.forEach(comparison::keep);
    }
    long different = 0;
    for (String answers : List.of(arguments).subList(3, arguments.length)) {
      different += comparison.compare(Path.of(answers));
    }
    comparison.encoder.close();
    System.exit(different == 0 ? 0 : 1);
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (VectorMessageCodec.decode(record.value()) instanceof PassageVectors document) {
        document.inserts().forEach(insert -> passages.put(insert.uid(), insert));
      }
    } catch (BadRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private long compare(Path file) throws Exception {
    long questions = 0;
    long ranks = 0;
    long different = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      JsonNode retrieved = row.at("/answer/result/passages");
      List<Scored> expected = plainLoop(row.get("question").textValue(), retrieved.size());
      for (int i = 0; i < retrieved.size(); i++) {
        boolean same =
            expected.get(i).uid().toString().equals(retrieved.get(i).get("uid").textValue())
                && expected.get(i).score() == retrieved.get(i).get("score").doubleValue();
        different += same ? 0 : 1;
        if (!same) {
          System.out.println(row.get("question") + " " + expected.get(i) + " " + retrieved.get(i));
        }
      }
      ranks += retrieved.size();
      questions++;
    }
    System.out.printf(
        "%s: %d questions, %d ranks over %d passages, %d different%n",
        file.getFileName(), questions, ranks, passages.size(), different);
    return different;
  }

  private List<Scored> plainLoop(String question, int k) throws Exception {
    float[] query = encoder.embedQuery(question).vector();
    return passages.values().stream()
        .map(passage -> new Scored(passage.uid(), score(query, passage.vector())))
        .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::uid))
        .limit(k)
        .toList();
  }

  /** Spec: scoreScale times the sum over i ascending, in double. */
  private double score(float[] query, float[] passage) {
    double sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += (double) query[i] * passage[i];
    }
    return checkpoint.scoreScale() * sum;
  }
}
