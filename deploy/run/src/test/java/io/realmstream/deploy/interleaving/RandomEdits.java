package io.realmstream.deploy.interleaving;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Edits of a few documents as they come in life: most follow each other, some do not. */
final class RandomEdits {
  private static final int SENTENCES_MAX = 7;

  private static final List<String> SPACES = List.of(" ", " ", "  ", "\t", "\u00a0", "\u3000 ");

  /** Enough for 300 passages of any of the checkpoints. */
  private static final int LONG_SENTENCES = 700;

  /** Behind five words of each sentence, a long text takes two records. */
  private static final String WIDE_SPACE = "\u3000".repeat(60);

  /** A text stands in five documents at most, but for what comes of single copies. */
  private static final int COPIES_MAX = 4;

  private final String prefix;
  private final int documents;
  private final Random random;
  private final Histories histories;
  private final List<DocumentEdit> sent = new ArrayList<>();

  /**
   * @param prefix of the documents' ids
   * @param documents how many there are
   */
  RandomEdits(String prefix, int documents, Random random, Histories histories) {
    this.prefix = prefix;
    this.documents = documents;
    this.random = random;
    this.histories = histories;
  }

  /** Remembers what was sent, its revision filled in. */
  void sent(DocumentEdit edit) {
    if (!edit.id().equals(longDocument())) { // others shall not become as long
      sent.add(edit);
    }
  }

  private String longDocument() {
    return prefix + "long";
  }

  private String document() {
    return prefix + random.nextInt(documents);
  }

  /** The first text of the i-th document. */
  DocumentEdit first(int i) {
    String id = prefix + i;
    String text = text(histories.newest(id));
    return new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
  }

  /** A newer text. */
  DocumentEdit upsert() {
    String id = document();
    return edit(id, newest(id) + 1 + random.nextInt(3));
  }

  DocumentEdit delete() {
    String id = document();
    return delete(id, newest(id) + 1);
  }

  /** The text in force of a document that is there as that of up to four others. */
  List<DocumentEdit> copies() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      ids.add(prefix + i);
    }
    Collections.shuffle(ids, random);
    for (String id : ids) {
      DocumentEdit from = histories.newest(id);
      if (!from.text().isBlank()) {
        ids.remove(id);
        // half of the times as many as may be
        int count = Math.min(1 + random.nextInt(2 * COPIES_MAX - 2), COPIES_MAX);
        List<String> others = ids.subList(0, Math.min(count, ids.size()));
        return others.stream().map(other -> copy(from, other)).toList();
      }
    }
    return List.of(upsert());
  }

  /** A text as another document's, at times with other spaces. */
  private DocumentEdit copy(DocumentEdit from, String id) {
    String space = SPACES.get(random.nextInt(SPACES.size()));
    String text = from.text().replace(" ", space);
    return new DocumentEdit(
        id,
        newest(id) + 1,
        EditKind.UPSERT,
        from.title(),
        text,
        from.split(),
        null,
        Provenance.NONE);
  }

  /**
   * A text of 300 passages and more, in groups that are each about one word. Of many groups some
   * come before all short texts and some behind, whatever a question asks for.
   */
  DocumentEdit longText(int groups) {
    return longText(groups, "");
  }

  /** The same of one group, and so wide that it takes two records of the vectors topic. */
  DocumentEdit wideText() {
    return longText(1, WIDE_SPACE);
  }

  private DocumentEdit longText(int groups, String space) {
    StringBuilder text = new StringBuilder();
    String word = "";
    for (int i = 0; i < LONG_SENTENCES; i++) {
      word = i % (LONG_SENTENCES / groups) == 0 ? TinyLanguage.words(random, 1) + space : word;
      text.append((word + " ").repeat(5)).append(TinyLanguage.words(random, 3)).append(". ");
    }
    String id = longDocument();
    return new DocumentEdit(
        id,
        newest(id) + 1,
        EditKind.UPSERT,
        "",
        text.toString().strip(),
        true,
        null,
        Provenance.NONE);
  }

  /** Whether the document of {@link #longText} is there. */
  boolean hasLongText() {
    return histories.newest(longDocument()).kind() == EditKind.UPSERT;
  }

  DocumentEdit deleteLongText() {
    return delete(longDocument(), newest(longDocument()) + 1);
  }

  /** What comes too late, or a DELETE of that. */
  DocumentEdit late() {
    String id = document();
    long revision = Math.max(0, newest(id) - 1 - random.nextInt(3));
    return random.nextInt(4) == 0 ? delete(id, revision) : edit(id, revision);
  }

  /** What was sent before, once more. */
  DocumentEdit repeat() {
    return sent.isEmpty() ? upsert() : sent.get(random.nextInt(sent.size()));
  }

  /** Another edit of the revision in force. */
  DocumentEdit rival() {
    String id = document();
    return random.nextInt(4) == 0 ? delete(id, newest(id)) : edit(id, newest(id));
  }

  /** An edit that leaves its revision to Kafka. */
  DocumentEdit unnumbered() {
    return edit(document(), 0).withRevision(null);
  }

  private long newest(String id) {
    return Objects.requireNonNull(histories.newest(id).revision());
  }

  private DocumentEdit edit(String id, long revision) {
    DocumentEdit before = histories.newest(id);
    if (random.nextInt(10) == 0 && !sent.isEmpty()) {
      before = sent.get(random.nextInt(sent.size())); // another's text, or an old one of its own
    }
    String title = random.nextInt(8) == 0 ? TinyLanguage.words(random, 2) : before.title();
    Instant time = random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt(1 << 30));
    boolean split = random.nextInt(10) != 0;
    Provenance from =
        time == null
            ? before.provenance()
            : new Provenance("https://example.org/?at=" + time, split ? "CC0" : null, null);
    return new DocumentEdit(id, revision, EditKind.UPSERT, title, text(before), split, time, from);
  }

  private String text(DocumentEdit before) {
    List<String> sentences = new ArrayList<>();
    for (String sentence : before.text().split("(?<=\\.)\\s+", -1)) {
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
    }
    int changes = sentences.isEmpty() ? random.nextInt(SENTENCES_MAX) : 1 + random.nextInt(2);
    for (int i = 0; i < changes; i++) {
      change(sentences);
    }
    return String.join(random.nextInt(4) == 0 ? "\n\n" : " ", sentences);
  }

  private void change(List<String> sentences) {
    int at = random.nextInt(sentences.size() + 1);
    boolean within = at < sentences.size();
    switch (random.nextInt(6)) {
      case 0 -> sentences.subList(0, at).clear();
      case 1 -> sentences.add(within ? sentences.remove(at) : TinyLanguage.sentence(random));
      case 2 -> sentences.add(at, within ? sentences.get(at) : TinyLanguage.sentence(random));
      default -> {
        if (within && sentences.size() >= SENTENCES_MAX) {
          sentences.remove(at);
        }
        sentences.add(at, TinyLanguage.sentence(random));
      }
    }
  }

  /** The same with a revision. */
  static DocumentEdit numbered(DocumentEdit edit, long revision) {
    return edit.withRevision(revision);
  }

  private static DocumentEdit delete(String id, long revision) {
    return DocumentEdit.deletion(id, revision);
  }
}
