package io.realmstream.deploy.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.sample.SampleKnowledgeBase.Demo;
import io.realmstream.deploy.sample.SampleKnowledgeBase.EditQuestion;
import io.realmstream.deploy.sample.SampleKnowledgeBase.Question;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleKnowledgeBaseTest {
  private final Map<String, DocumentEdit> documents = byId(SampleKnowledgeBase.documents());
  private final Map<String, DocumentEdit> edits = byId(SampleKnowledgeBase.edits());

  @Test
  void thereAreSixtyArticlesSixtyQuestionsAndTwelveEdits() {
    assertThat(documents).hasSize(60);
    assertThat(SampleKnowledgeBase.questions()).hasSize(60);
    assertThat(edits).hasSize(12);
    assertThat(SampleKnowledgeBase.editQuestions()).hasSize(12);
  }

  @Test
  void everyRowIsAnUpsertOfTwoToFourParagraphsToBeSplit() {
    Stream.concat(documents.values().stream(), edits.values().stream())
        .forEach(
            row -> {
              assertThat(row.kind()).isEqualTo(EditKind.UPSERT);
              assertThat(row.split()).isTrue();
              assertThat(row.title()).isNotBlank();
              assertThat(row.text().split("\n\n")).as(row.id()).hasSizeBetween(2, 4);
            });
  }

  @Test
  void everyArticleHasOneQuestionWhoseAnswersStandInIt() {
    assertThat(SampleKnowledgeBase.questions())
        .extracting(Question::document)
        .containsExactlyElementsOf(
            SampleKnowledgeBase.documents().stream().map(DocumentEdit::id).toList());
    for (Question question : SampleKnowledgeBase.questions()) {
      assertThat(question.answers()).isNotEmpty();
      assertThat(textOf(documents, question.document())).contains(question.answers());
    }
  }

  @Test
  void editsLeaveTheAnswersOfTheOtherQuestionsAlone() {
    for (Question question : SampleKnowledgeBase.questions()) {
      if (edits.containsKey(question.document())) {
        assertThat(textOf(edits, question.document())).contains(question.answers());
      }
    }
  }

  @Test
  void everyEditIsANewerRevisionOfAnArticleUnderItsTitle() {
    for (DocumentEdit edit : edits.values()) {
      DocumentEdit original = row(documents, edit.id());
      assertThat(original.revision()).isEqualTo(1);
      assertThat(edit.revision()).isGreaterThan(original.revision());
      assertThat(edit.title()).isEqualTo(original.title());
      assertThat(edit.eventTime()).isAfter(original.eventTime());
    }
  }

  @Test
  void everyEditTakesTheOldAnswerAwayAndBringsTheNewOne() {
    assertThat(SampleKnowledgeBase.editQuestions())
        .extracting(EditQuestion::document)
        .containsExactlyElementsOf(
            SampleKnowledgeBase.edits().stream().map(DocumentEdit::id).toList());
    for (EditQuestion question : SampleKnowledgeBase.editQuestions()) {
      assertThat(question.before()).isNotEmpty();
      assertThat(question.after()).isNotEmpty();
      assertThat(textOf(documents, question.document()))
          .contains(question.before())
          .doesNotContain(question.after());
      assertThat(textOf(edits, question.document()))
          .contains(question.after())
          .doesNotContain(question.before());
    }
  }

  @Test
  void theDemoAsksTwoLastingQuestionsAndTheOneThatItsEditChanges() {
    Demo demo = SampleKnowledgeBase.demo();
    assertThat(demo.questions()).hasSize(3);
    assertThat(SampleKnowledgeBase.questions()).containsAll(demo.questions().subList(0, 2));
    assertThat(SampleKnowledgeBase.editQuestions()).contains(demo.changed());
    assertThat(demo.questions().get(2).question()).isEqualTo(demo.changed().question());
    assertThat(demo.edit().text()).contains(demo.changed().after());
  }

  private static String textOf(Map<String, DocumentEdit> rows, String id) {
    return row(rows, id).text();
  }

  private static DocumentEdit row(Map<String, DocumentEdit> rows, String id) {
    return Objects.requireNonNull(rows.get(id), id);
  }

  private static Map<String, DocumentEdit> byId(List<DocumentEdit> rows) {
    return rows.stream().collect(Collectors.toMap(DocumentEdit::id, Function.identity()));
  }
}
