package io.realmstream.jobs.updater.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.jobs.state.StateValue;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.document.ManifestDiff;
import io.realmstream.model.document.Passage;
import io.realmstream.model.document.PassageNaming;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.text.PassageSplitter;
import io.realmstream.model.text.PassageText;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.model.updating.reuse.DroppedDocument;
import io.realmstream.model.updating.reuse.DroppedEnds;
import io.realmstream.model.updating.reuse.DroppedPassage;
import io.realmstream.model.updating.reuse.DroppedPassages;
import io.realmstream.model.updating.reuse.TrunkKey;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.version.EncoderTower;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the reuse cache spares: drives {@link DroppedPassages} on RocksDB, with the default
 * settings, with real histories of pages, split by content under the default checkpoint; no
 * transformer runs. From the root of the project:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "jobs/target/test-classes:deploy/cli/target/lib/*:FLINK-TEST-JARS" \
 *   io.realmstream.jobs.updater.documents.ReuseMeasurement CACHE REVISIONS...
 * </pre>
 *
 * CACHE keeps model files. REVISIONS are files of lines {title, text, ts}, each title's revisions
 * one after the other; a text that is null is empty; without ts no time passes.
 */
public final class ReuseMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Shards SHARDS = new Shards(16);

  private ReuseMeasurement() {}

  private record Revision(String title, String text, long atMs) {}

  /** Wordpieces of what an edit brings, and of what the transformer runs on in the end. */
  private record Cost(long fresh, long embedded) {}

  public static void main(String[] arguments) throws Exception {
    EncoderTower tower = DefaultCheckpoints.e5().documentTower();
    PartCache cache =
        new PartCache(
            Path.of(arguments[0]), PartOpener.local(ReuseMeasurement.class.getClassLoader()));
    try (Tokenizer tokenizer = Tokenizer.open(tower.tokenizer(), cache)) {
      for (String file : List.of(arguments).subList(1, arguments.length)) {
        measure(Path.of(file), new Page(tokenizer, tower));
      }
    }
  }

  private static void measure(Path file, Page page) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(page),
            (Revision revision) -> SHARDS.key(SHARDS.ofDocument(revision.title())),
            Types.INT);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      String text = row.get("text").isNull() ? "" : row.get("text").textValue();
      long atMs = row.has("ts") ? Instant.parse(row.get("ts").textValue()).toEpochMilli() : 0;
      harness.processElement(new Revision(row.get("title").textValue(), text, atMs), 0);
    }
    List<Cost> costs = harness.extractOutputValues();
    double fresh = costs.stream().mapToLong(Cost::fresh).average().orElseThrow();
    double embedded = costs.stream().mapToLong(Cost::embedded).average().orElseThrow();
    System.out.printf(
        "%s: %d edits, %.0f wordpieces each, with the reuse cache %.0f (%.1f %% less)%n",
        file.getFileName(), costs.size(), fresh, embedded, 100 * (1 - embedded / fresh));
    harness.close();
  }

  /** The part of the documents operator that decides what is embedded. */
  private static final class Page extends KeyedProcessFunction<Integer, Revision, Cost> {
    private static final long serialVersionUID = 1L;
    private static final TrunkOutput OUTPUT = new TrunkOutput(new float[0], false, 1);

    private final transient Tokenizer tokenizer;
    private final transient EncoderTower tower;
    private final transient Map<String, List<Hash128>> manifests = new HashMap<>();
    private transient @Nullable DroppedPassages dropped;
    private transient long nowMs;

    Page(Tokenizer tokenizer, EncoderTower tower) {
      this.tokenizer = tokenizer;
      this.tower = tower;
    }

    @Override
    public void open(OpenContext context) {
      RuntimeContext state = getRuntimeContext();
      dropped =
          new DroppedPassages(
              new DroppedPassages.Tables(
                  StateTable.of(state, "dropped", String.class, DroppedDocument.class),
                  StateTable.of(state, "dropped-order", Long.class, String.class),
                  StateValue.of(state, "dropped-ends", DroppedEnds.class)),
              TestSettings.REUSE,
              () -> nowMs);
    }

    @Override
    public void processElement(Revision revision, Context context, Collector<Cost> out)
        throws Exception {
      nowMs = revision.atMs();
      String id = revision.title();
      List<Hash128> before = manifests.get(id);
      ManifestDiff diff =
          ManifestDiff.between(before == null ? List.of() : before, passages(revision));
      Hash128 trunk = TowerDigest.ofTrunk(tower);
      if (dropped != null) {
        Set<Hash128> known = dropped.of(id, trunk).keySet();
        long fresh = 0;
        long embedded = 0;
        List<TrunkKey> gained = new ArrayList<>();
        for (Passage passage : diff.inserts()) {
          int tokens = tokenizer.ids(passage.text()).length;
          fresh += tokens;
          embedded += known.contains(passage.uid()) ? 0 : tokens;
          gained.add(new TrunkKey(trunk, passage.uid()));
        }
        if (before != null) {
          out.collect(new Cost(fresh, embedded));
        }
        dropped.change(id, lost(trunk, diff), gained);
      }
      manifests.put(id, diff.manifest().stream().map(ManifestEntry::uid).toList());
    }

    private List<Passage> passages(Revision revision) {
      PassageNaming naming = PassageNaming.of(revision.title(), tower, revision.title());
      List<Passage> passages = new ArrayList<>();
      for (PassageText text :
          new PassageSplitter(tokenizer, tower).split(revision.title(), revision.text())) {
        passages.add(naming.name(text.text(), text.start(), text.end()));
      }
      return passages;
    }

    private static List<DroppedPassage> lost(Hash128 trunk, ManifestDiff diff) {
      return diff.removed().stream()
          .map(uid -> new DroppedPassage(new TrunkKey(trunk, uid), OUTPUT))
          .toList();
    }
  }
}
