package io.realmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Hash128 UID = Hash128.ofTexts("uid");

  @Test
  void anEditsIdHas512BytesAndNotOneMore() {
    assertThat(edit("é".repeat(256), 0L).id()).hasSize(256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> edit("é".repeat(256) + "x", 0L))
        .withMessage("id: must be 1 to 512 UTF-8 bytes long (is 513)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> edit("", 0L))
        .withMessage("id: must be 1 to 512 UTF-8 bytes long (is 0)");
  }

  @Test
  void aRevisionIsNeverNegative() {
    assertThat(edit("d", null).revision()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> edit("d", -1L))
        .withMessage("revision: must be at least 0 (is -1)");
  }

  @Test
  void aQueryTakes1To1000Passages() {
    assertThat(query(1).passages()).isEqualTo(1);
    assertThat(query(1_000).passages()).isEqualTo(1_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query(0))
        .withMessage("k: must be at least 1 (is 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query(1_001))
        .withMessage("k: must be at most 1000 (is 1001)");
  }

  @Test
  void aPassageDoesNotEndBeforeItBegins() {
    assertThat(new ManifestEntry(UID, 5, 5).end()).isEqualTo(5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ManifestEntry(UID, 5, 4))
        .withMessage("end: must be at least 5 (is 4)");
  }

  @Test
  void aSubtaskIsOneOfAll() {
    assertThat(new Heartbeat(1, 1, 2, Instant.EPOCH, 1, 1, List.of(), List.of()).subtask())
        .isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Heartbeat(1, 2, 2, Instant.EPOCH, 1, 1, List.of(), List.of()))
        .withMessage("subtask: must be at most 1 (is 2)");
  }

  @Test
  void versionsBeginAtOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardComplete(0, 3))
        .withMessage("version: must be at least 1 (is 0)");
  }

  private static DocumentEdit edit(String id, @Nullable Long revision) {
    return new DocumentEdit(id, revision, EditKind.UPSERT, "", "", true, null, Provenance.NONE);
  }

  private static Query query(int k) {
    return new Query(
        "q", "t", QueryKind.RETRIEVE, QueryScope.ofPassages(k), null, QueryOptions.DEFAULT);
  }
}
