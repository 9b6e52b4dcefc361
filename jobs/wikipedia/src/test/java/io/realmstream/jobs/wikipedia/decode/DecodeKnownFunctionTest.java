package io.realmstream.jobs.wikipedia.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.json.AcceptedEditCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecodeKnownFunctionTest {
  private static final Instant MADE = Instant.parse("2026-03-01T09:30:00Z");
  private static final Source SOURCE = new Source("enwiki", 974, 12, MADE);

  private final List<Statement> known = new ArrayList<>();

  private void decode(DocumentEdit edit) {
    AcceptedEdit accepted = new AcceptedEdit(edit, new Hash128(1, 2), null);
    List<RecordHeader> headers = new ArrayList<>();
    AcceptedEditCodec.headers(accepted)
        .forEach((name, value) -> headers.add(new RecordHeader(name, value)));
    decode(AcceptedEditCodec.key(accepted), AcceptedEditCodec.value(accepted), headers);
  }

  private void decode(byte[] key, byte @Nullable [] value, List<RecordHeader> headers) {
    new DecodeKnownFunction(Set.of("enwiki"))
        .flatMap(
            new InboundRecord("accepted", 0, 0, 0, key, value, headers),
            new ListCollector<>(known));
  }

  @Test
  void aDocumentIsKnownWithItsRevisionAndThatOfTheWiki() {
    decode(
        new DocumentEdit(
            "enwiki:974",
            7_000L,
            EditKind.UPSERT,
            "Ada Lovelace",
            "text",
            true,
            null,
            new Provenance(null, null, SOURCE)));
    assertThat(known)
        .containsExactly(
            new Statement(
                "enwiki",
                974,
                StatementKind.KNOWN_PRESENT,
                7_000,
                MADE.toEpochMilli(),
                new PageFacts("Ada Lovelace", 0, false, ""),
                new RevisionFacts(12, MADE.toEpochMilli(), "", 0, true),
                null));
  }

  @Test
  void aDeletionIsKnownWithItsRevision() {
    decode(DocumentEdit.deletion("enwiki:974", 8_000L));
    assertThat(known)
        .extracting(said -> said.kind() + " " + said.timeMs())
        .containsExactly("KNOWN_GONE 8000");
  }

  @Test
  void otherDocumentsAreNoneOfOurs() {
    decode(DocumentEdit.deletion("falls", 1L));
    decode(DocumentEdit.deletion("enwiki:0974", 1L));
    decode(DocumentEdit.deletion("dewiki:974", 1L));
    decode("enwiki:974".getBytes(UTF_8), "no JSON".getBytes(UTF_8), List.of());
    assertThat(known).isEmpty();
  }
}
