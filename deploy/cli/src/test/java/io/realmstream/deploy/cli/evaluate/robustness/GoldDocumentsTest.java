package io.realmstream.deploy.cli.evaluate.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldDocumentsTest {
  private static final List<DocumentEdit> DOCUMENTS =
      IntStream.range(0, 6).mapToObj(i -> document("d" + i, "In 187" + i + ".")).toList();

  @Test
  void questionsNeedADocumentThatHoldsAnAnswer() {
    GoldDocuments documents = new GoldDocuments(DOCUMENTS, 0);
    List<Trial.Draft> chosen =
        documents.chosen(
            List.of(
                question("right", "d1", "1871"),
                question("another answer", "d2", "1871"),
                question("unknown document", "d9", "1879"),
                new GoldQuestion("two", "q", List.of("1870"), List.of("d0", "d3")),
                new GoldQuestion("unanswerable", "q", List.of(), List.of("d4"))),
            10,
            new Random(1));

    assertThat(chosen).extracting(draft -> draft.question().id()).containsExactly("right");
    assertThat(documents.all()).extracting(DocumentEdit::id).containsExactly("d1");
  }

  @Test
  void eachDocumentHasOneQuestionAndThereAreNoMoreThanWanted() {
    List<GoldQuestion> questions =
        List.of(
            question("a", "d1", "1871"), question("b", "d1", "1871"), question("c", "d2", "1872"));

    assertThat(new GoldDocuments(DOCUMENTS, 0).chosen(questions, 10, new Random(1))).hasSize(2);
    assertThat(new GoldDocuments(DOCUMENTS, 0).chosen(questions, 1, new Random(1))).hasSize(1);
  }

  @Test
  void asManyOtherDocumentsAreLoadedAsMayBe() {
    GoldDocuments documents = new GoldDocuments(DOCUMENTS, 2);
    var unused = documents.chosen(List.of(question("a", "d5", "1875")), 10, new Random(1));

    assertThat(documents.all()).extracting(DocumentEdit::id).containsExactly("d0", "d1", "d5");
  }

  private static GoldQuestion question(String id, String document, String answer) {
    return new GoldQuestion(id, "q", List.of(answer), List.of(document));
  }

  private static DocumentEdit document(String id, String text) {
    return new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, false, null, Provenance.NONE);
  }
}
