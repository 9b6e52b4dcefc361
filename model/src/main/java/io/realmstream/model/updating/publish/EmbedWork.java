package io.realmstream.model.updating.publish;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.document.ManifestDiff;
import io.realmstream.model.document.Passage;
import io.realmstream.model.document.PassageNaming;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.Embedding;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.text.PassageText;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One revision of one document on its way to its vectors in one version: first it is split, then
 * each passage that lacks a vector is a step of its own, on any thread.
 */
public final class EmbedWork {

  /**
   * A version that a document lacks.
   *
   * @param behind whether it is built behind the version that answers
   */
  public record Target(int version, Encoders.Opened encoder, boolean behind) {}

  /**
   * What to embed, and with what.
   *
   * @param edit whether somebody waits for it
   * @param published uids of the manifest in force
   * @param whole whether to embed the unchanged passages as well
   * @param known trunk outputs of passages for which the transformer need not run
   * @param check whether it is only compared; else it is to be published
   */
  public record Order(
      Shard shard,
      WantedEdit wanted,
      Target target,
      boolean edit,
      Set<Hash128> published,
      boolean whole,
      KnownOutputs known,
      boolean check) {
    /** The document's. */
    public String id() {
      return wanted.received().edit().id();
    }

    public int version() {
      return target.version();
    }
  }

  private final Order order;
  private final AtomicInteger stepsLeft = new AtomicInteger(1);
  private ManifestDiff diff = new ManifestDiff(List.of(), List.of(), List.of(), 0);
  private List<Passage> passages = List.of();
  private @Nullable Embedding[] embeddings = new Embedding[0];
  private @Nullable TrunkOutput[] fresh = new TrunkOutput[0];
  private int stepsTaken;
  private volatile @Nullable String failure;

  public EmbedWork(Order order) {
    this.order = order;
  }

  public Order order() {
    return order;
  }

  /** Whether it gets only a share of the threads. */
  public boolean isBackground() {
    return !order.edit() && order.target().behind();
  }

  /** The number of the next step, 0 = split; the caller guards it. */
  public int takeStep() {
    return stepsTaken++;
  }

  /** Whether every step known so far is taken; the caller guards it. */
  public boolean isTaken() {
    return stepsTaken > passages.size();
  }

  /**
   * Runs a step.
   *
   * @return whether it was the last
   */
  public boolean run(int step) {
    if (step == 0) {
      split();
    } else if (failure == null) {
      embed(step - 1);
    }
    return stepsLeft.decrementAndGet() == 0;
  }

  /** Steps that the split has added. */
  public int passagesToEmbed() {
    return passages.size();
  }

  /** The revision's manifest against the published one. */
  public ManifestDiff diff() {
    return diff;
  }

  /** Why the revision cannot be embedded; null = it can. */
  public @Nullable String failure() {
    return failure;
  }

  /**
   * The passages with their vectors, once all steps are done without a failure.
   *
   * @param tellTrunks whether they tell what their vectors are projections of
   */
  public List<PassageInsert> inserts(boolean tellTrunks) {
    Hash128 digest = TowerDigest.ofTrunk(order.target().encoder().tower());
    List<PassageInsert> inserts = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      inserts.add(
          new PassageInsert(
              passage.uid(),
              passage.contentHash(),
              passage.text(),
              embedding(i).vector(),
              tellTrunks ? new PassageTrunk(digest, trunk(i).pooled()) : null));
    }
    return inserts;
  }

  private TrunkOutput trunk(int i) {
    TrunkOutput computed = fresh[i];
    TrunkOutput output = computed == null ? order.known().get(passages.get(i).uid()) : computed;
    return Objects.requireNonNull(output, "a vector without a trunk output");
  }

  /** Which of them exceed the encoder's limit. */
  public List<Hash128> truncated() {
    List<Hash128> truncated = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      if (embedding(i).truncated()) {
        truncated.add(passages.get(i).uid());
      }
    }
    return truncated;
  }

  /** What a step behind the split takes. */
  public KnownOutputs.Effort effort(int step) {
    return order.check()
        ? KnownOutputs.Effort.CHECKED
        : order.known().effort(passages.get(step - 1).uid());
  }

  /** How many of the passages take so much. */
  public int count(KnownOutputs.Effort effort) {
    return (int)
        passages.stream().filter(passage -> order.known().effort(passage.uid()) == effort).count();
  }

  /** The trunk outputs of passages that are new or have come back, once all steps are done. */
  public Map<Hash128, TrunkOutput> trunkOutputs() {
    Map<Hash128, TrunkOutput> outputs = new HashMap<>();
    for (int i = 0; i < fresh.length; i++) {
      Hash128 uid = passages.get(i).uid();
      TrunkOutput computed = fresh[i];
      TrunkOutput output = computed == null ? order.known().dropped().get(uid) : computed;
      if (output != null) {
        outputs.put(uid, output);
      }
    }
    return outputs;
  }

  private void split() {
    DocumentEdit edit = order.wanted().received().edit();
    PassageNaming naming =
        PassageNaming.of(edit.id(), order.target().encoder().tower(), edit.title());
    List<Passage> all = new ArrayList<>();
    for (PassageText text : texts(edit)) {
      all.add(naming.name(text.text(), text.start(), text.end()));
    }
    diff = ManifestDiff.between(order.published(), all);
    passages = order.whole() ? ManifestDiff.between(List.of(), all).inserts() : diff.inserts();
    embeddings = new Embedding[passages.size()];
    fresh = new TrunkOutput[passages.size()];
    stepsLeft.addAndGet(passages.size());
  }

  private List<PassageText> texts(DocumentEdit edit) {
    if (edit.split()) {
      return order.target().encoder().encoder().splitter().split(edit.title(), edit.text());
    }
    return edit.text().isBlank()
        ? List.of()
        : List.of(new PassageText(edit.text(), 0, edit.text().length()));
  }

  private void embed(int i) {
    try {
      embeddings[i] = embedOnce(i);
    } catch (EmbeddingException first) {
      // a native error may be a passing one: once more before the revision is given up
      try {
        embeddings[i] = embedOnce(i);
      } catch (EmbeddingException second) {
        failure = "passage at " + passages.get(i).start() + ": " + second.getMessage();
      }
    }
  }

  private Embedding embedOnce(int i) throws EmbeddingException {
    Encoder encoder = order.target().encoder().encoder();
    TrunkOutput trunk = order.known().get(passages.get(i).uid());
    if (trunk == null) {
      String title = order.wanted().received().edit().title();
      trunk = encoder.trunkOfPassage(title, passages.get(i).text());
      fresh[i] = trunk;
    }
    return encoder.project(trunk);
  }

  private Embedding embedding(int i) {
    Embedding embedding = embeddings[i];
    if (embedding == null) {
      throw new IllegalStateException("passage " + i + " has no vector");
    }
    return embedding;
  }
}
