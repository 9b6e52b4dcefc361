package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

class AcceptedEditCodecTest {
  private static final Hash128 CONTENT = new Hash128(0x0123456789abcdefL, -2);
  private static final AcceptedEdit.Origin ORIGIN = new AcceptedEdit.Origin(1_700, 3, 29);
  private static final AcceptedEdit FIVE =
      new AcceptedEdit(
          new DocumentEdit("ä", 5L, EditKind.UPSERT, "T", "Text.", true, null, Provenance.NONE),
          CONTENT,
          ORIGIN);
  private static final AcceptedEdit GONE =
      new AcceptedEdit(DocumentEdit.deletion("ä", 6L), new Hash128(0, 0), null);

  @Property(tries = 100, seed = "7")
  void everyEditComesBack(@ForAll("edits") DocumentEdit edit) throws Exception {
    boolean numbered = edit.revision() != null;
    if (numbered && edit.kind() == EditKind.UPSERT) {
      comesBack(new AcceptedEdit(edit, CONTENT, ORIGIN));
      comesBack(new AcceptedEdit(edit, CONTENT, new AcceptedEdit.Origin(-1, 0, 0)));
    }
  }

  /** Whatever is decoded is encoded, and to the same. */
  @Property(tries = 2_000, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void whatIsDecodedOfChangedBytesComesBack(@ForAll("edits") DocumentEdit edit, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    AcceptedEdit valid =
        random.nextInt(4) == 0
            ? new AcceptedEdit(DocumentEdit.deletion(edit.id(), 6L), CONTENT, ORIGIN)
            : new AcceptedEdit(kept(edit), CONTENT, random.nextBoolean() ? ORIGIN : null);
    byte[] key = AcceptedEditCodec.key(valid);
    byte[] value = AcceptedEditCodec.value(valid);
    Map<String, byte[]> headers = AcceptedEditCodec.headers(valid);
    if (value != null && random.nextBoolean()) {
      value = new HostileJson(random).of(value);
    } else {
      List<byte[]> parts = new ArrayList<>(headers.values());
      parts.add(key);
      change(parts.get(random.nextInt(parts.size())), random);
    }
    AcceptedEdit decoded;
    try {
      decoded = AcceptedEditCodec.decode(key, value, headers);
    } catch (BadRecordException e) {
      decoded = null;
    }
    if (decoded != null) {
      comesBack(decoded);
    }
    Statistics.label("decoded")
        .collect(decoded != null)
        .coverage(
            seen -> {
              seen.check(true).percentage(share -> share > 10);
              seen.check(false).percentage(share -> share > 10);
            });
  }

  @Example
  void deletionHasNoValue() throws Exception {
    assertThat(AcceptedEditCodec.value(GONE)).isNull();
    comesBack(GONE);
  }

  @Example
  void orderStandsInHeadersThatPeopleCanRead() {
    assertThat(AcceptedEditCodec.headers(FIVE))
        .containsOnlyKeys(
            "realm_accepted_revision",
            "realm_accepted_tie",
            "realm_accepted_time",
            "realm_accepted_partition",
            "realm_accepted_offset")
        .containsEntry("realm_accepted_revision", "5".getBytes(UTF_8))
        .containsEntry("realm_accepted_tie", "0123456789abcdeffffffffffffffffe".getBytes(UTF_8));
  }

  @Example
  void whatTheUpdaterDidNotWriteIsRefusedAndNamed() {
    assertRefused(FIVE, null, "realm_accepted_revision", "header absent");
    assertRefused(FIVE, "six", "realm_accepted_revision", "must be a whole number (is six)");
    assertRefused(FIVE, "6", "realm_accepted_revision", "must be the edit's revision 5 (is 6)");
    assertRefused(GONE, "-6", "realm_accepted_revision", "must be at least 0 (is -6)");
    assertRefused(FIVE, "12", "realm_accepted_tie", "must be 32 hexadecimal digits (is 12)");
    assertRefused(
        FIVE, "4294967296", "realm_accepted_partition", "must be a partition (is 4294967296)");
    assertRefused(FIVE, null, "realm_accepted_offset", "header absent");
    assertRefused(FIVE, "-2", "realm_accepted_time", "must be at least -1 (is -2)");
  }

  @Example
  void keyIsTheDocumentsId() {
    Map<String, byte[]> headers = AcceptedEditCodec.headers(FIVE);
    byte[] value = AcceptedEditCodec.value(FIVE);
    for (byte @Nullable [] key : new byte[][] {null, {}, {'b'}}) {
      assertThatThrownBy(() -> AcceptedEditCodec.decode(key, value, headers))
          .isInstanceOf(BadRecordException.class)
          .hasMessage("key: must be the document's id");
    }
    assertThatThrownBy(() -> AcceptedEditCodec.decode(new byte[] {-1}, null, headers))
        .hasMessage("key: not UTF-8");
    assertThatThrownBy(() -> AcceptedEditCodec.decode(new byte[513], null, headers))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("must be 1 to 512 UTF-8 bytes long");
  }

  @Example
  void valueOfADeletionIsRefused() {
    byte[] value = Codecs.DOCUMENT_EDIT.encode(GONE.edit());
    assertThatThrownBy(
            () ->
                AcceptedEditCodec.decode(
                    AcceptedEditCodec.key(GONE), value, AcceptedEditCodec.headers(GONE)))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("kind: a deletion has no value in this topic");
  }

  @Provide
  Arbitrary<DocumentEdit> edits() {
    return new RecordArbitraries(0.3).of(Codecs.DOCUMENT_EDIT);
  }

  /** An edit as the updater keeps it. */
  private static DocumentEdit kept(DocumentEdit edit) {
    return new DocumentEdit(
        edit.id(),
        edit.revision() == null ? Long.valueOf(5) : edit.revision(),
        EditKind.UPSERT,
        edit.title(),
        edit.text(),
        edit.split(),
        edit.eventTime(),
        edit.provenance());
  }

  /** One byte more, less, or any other. */
  private static void change(byte[] part, Random random) {
    int at = random.nextInt(part.length);
    part[at] =
        (byte)
            (random.nextInt(3) == 0
                ? random.nextInt()
                : part[at] + (random.nextBoolean() ? 1 : -1));
  }

  private static void comesBack(AcceptedEdit accepted) throws BadRecordException {
    assertThat(
            AcceptedEditCodec.decode(
                AcceptedEditCodec.key(accepted),
                AcceptedEditCodec.value(accepted),
                AcceptedEditCodec.headers(accepted)))
        .isEqualTo(accepted);
  }

  private static void assertRefused(
      AcceptedEdit accepted, @Nullable String header, String name, String message) {
    Map<String, byte[]> headers = new HashMap<>(AcceptedEditCodec.headers(accepted));
    if (header == null) {
      headers.remove(name);
    } else {
      headers.put(name, header.getBytes(UTF_8));
    }
    assertThatThrownBy(
            () ->
                AcceptedEditCodec.decode(
                    AcceptedEditCodec.key(accepted), AcceptedEditCodec.value(accepted), headers))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(message);
  }
}
