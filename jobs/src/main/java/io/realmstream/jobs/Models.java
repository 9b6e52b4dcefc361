package io.realmstream.jobs;

import io.realmstream.model.checkpoint.AllowedSources;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.onnx.RecentRuns;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoders and readers of this JVM: one ONNX Runtime session a digest, whoever uses it. */
public final class Models implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Models.class);
  private static final SharedModels<Encoder> ENCODERS = new SharedModels<>(LOG::warn);
  private static final SharedModels<SpanReader> READERS = new SharedModels<>(LOG::warn);
  private static final SharedModels<MaskedReader> MASKED_READERS = new SharedModels<>(LOG::warn);
  private static final SharedModels<Tokenizer> TOKENIZERS = new SharedModels<>(LOG::warn);
  private static final Map<String, PartCache> CACHES = new ConcurrentHashMap<>();
  private static final Map<Duration, RecentRuns> RECENT = new ConcurrentHashMap<>();

  /** Room for the readings of some thousand passages. */
  private static final long RECENT_BYTES_MAX = 64L << 20;

  private final String directory;
  private final ArrayList<String> sources;
  private final long bytesMax;
  private final Duration recentFor;

  /** As the settings say. */
  public Models(ReadableConfig settings) {
    this.directory = settings.get(RealmOptions.MODEL_DIRECTORY);
    this.sources = new ArrayList<>(settings.get(RealmOptions.MODEL_SOURCES));
    this.bytesMax = settings.get(RealmOptions.MODEL_BYTES_MAX).getBytes();
    this.recentFor = settings.get(RealmOptions.READ_SHARED_FOR);
  }

  /**
   * @param directory folder that keeps verified model files by digest
   */
  public Models(String directory) {
    this(new Configuration().set(RealmOptions.MODEL_DIRECTORY, directory));
  }

  public SharedModels<Encoder>.Lease encoder(EncoderTower tower) {
    return ENCODERS.lease(TowerDigest.of(tower), () -> Encoder.open(tower, parts()));
  }

  public SharedModels<SpanReader>.Lease reader(ReaderPart reader) {
    return READERS.lease(
        withSharing(TowerDigest.of(reader)), () -> SpanReader.open(reader, parts(), recentRuns()));
  }

  public SharedModels<MaskedReader>.Lease maskedReader(MaskedReaderPart reader) {
    return MASKED_READERS.lease(
        withSharing(TowerDigest.of(reader)),
        () -> MaskedReader.open(reader, parts(), recentRuns()));
  }

  /** Recent outputs of readers, shared by all operators of this JVM that have the same setting. */
  public RecentRuns recentRuns() {
    return RECENT.computeIfAbsent(recentFor, time -> new RecentRuns(time, RECENT_BYTES_MAX));
  }

  private Hash128 withSharing(Hash128 digest) {
    return Hash128.ofTexts(digest.toString(), recentFor.toString());
  }

  /**
   * The white space that the tokenizers of a checkpoint's passages ignore, those of the document
   * tower and of the readers: passages that differ in nothing else are one to all.
   */
  public CompletableFuture<WhiteSpace> whiteSpace(RetrieverCheckpoint checkpoint) {
    CompletableFuture<WhiteSpace> both =
        whiteSpace(checkpoint.documentTower().tokenizer())
            .thenCombine(whiteSpace(checkpoint.reader().tokenizer()), WhiteSpace::and);
    MaskedReaderPart masked = checkpoint.maskedReader();
    return masked == null
        ? both
        : both.thenCombine(whiteSpace(masked.tokenizer()), WhiteSpace::and);
  }

  private CompletableFuture<WhiteSpace> whiteSpace(Part tokenizer) {
    Hash128 digest = Hash128.ofTexts(tokenizer.sha256());
    SharedModels<Tokenizer>.Lease lease =
        TOKENIZERS.lease(digest, () -> Tokenizer.open(tokenizer, parts()));
    return lease
        .model()
        .thenApplyAsync(Tokenizer::whiteSpace)
        .whenComplete((whiteSpace, failure) -> lease.close());
  }

  /** The verified files of checkpoints on this machine. */
  public PartCache parts() {
    return CACHES.computeIfAbsent(
        directory + " " + sources + " " + bytesMax,
        settings -> {
          PartOpener local = PartOpener.local(Models.class.getClassLoader());
          return new PartCache(Path.of(directory), new AllowedSources(sources, local), bytesMax);
        });
  }

  /**
   * The models that one operator uses: leased at first use, the few used last kept.
   *
   * @param <M> encoders or readers
   */
  public static final class InUse<M extends AutoCloseable> implements AutoCloseable {
    private static final int KEPT = 4;

    private final Map<Hash128, SharedModels<M>.Lease> leases =
        new LinkedHashMap<>(KEPT, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Hash128, SharedModels<M>.Lease> eldest) {
            if (size() > KEPT) {
              eldest.getValue().close();
              return true;
            }
            return false;
          }
        };

    /** The model of that digest; one that failed to open is tried again behind a pause. */
    public CompletableFuture<M> get(Hash128 digest, Supplier<SharedModels<M>.Lease> lease) {
      SharedModels<M>.Lease held = leases.get(digest);
      if (held != null && held.model().isCompletedExceptionally()) {
        held.close();
        held = null;
      }
      if (held == null) {
        held = lease.get();
        leases.put(digest, held);
      }
      return held.model();
    }

    @Override
    public void close() {
      leases.values().forEach(SharedModels.Lease::close);
      leases.clear();
    }
  }
}
