package io.realmstream.deploy.cli.edits;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.input.InputRow;
import io.realmstream.deploy.cli.input.Position;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BadRowsTest {
  private final List<String> messages = new ArrayList<>();
  private final BadRows rows = new BadRows(messages::add);

  @Test
  void ofAFileThatBeginsWithABadRowTenAreListed() {
    bad("array.jsonl", 1, 40);
    good("array.jsonl", 41);
    bad("array.jsonl", 42, 42);
    assertThat(messages).hasSize(10).startsWith("array.jsonl:1: bad");
    assertThat(messages.get(9)).contains("counted, not listed");
    bad("other.jsonl", 1, 1);
    assertThat(messages).hasSize(11);
    assertThat(rows.count()).isEqualTo(42);
  }

  @Test
  void ofAnyOtherFileAllAreListed() {
    good("rows.jsonl", 1);
    bad("rows.jsonl", 2, 50);
    assertThat(messages).hasSize(49);
  }

  private void bad(String file, int first, int last) {
    for (int line = first; line <= last; line++) {
      Position position = new Position(file, line);
      rows.next(new InputRow(position, null, "bad", false), true);
      rows.add(position, "bad");
    }
  }

  private void good(String file, int line) {
    DocumentEdit edit =
        new DocumentEdit("a", null, EditKind.UPSERT, "", "", true, null, Provenance.NONE);
    rows.next(new InputRow(new Position(file, line), edit, null, false), false);
  }
}
