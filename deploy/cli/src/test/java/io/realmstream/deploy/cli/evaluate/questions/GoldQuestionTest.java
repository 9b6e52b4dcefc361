package io.realmstream.deploy.cli.evaluate.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldQuestionTest {
  @Test
  void aRowTellsItsAnswersOrItsPassageOrBoth() {
    assertThat(
            read(
                "{'question':'a','answers':['x','y'],'passage':'p','more':1}",
                "",
                "{'id':'q-2','question':'b','passage':'p'}",
                "{'question':'c','answers':['z'],'passage':null}"))
        .containsExactly(
            new GoldQuestion("1", "a", List.of("x", "y"), List.of("p")),
            new GoldQuestion("q-2", "b", null, List.of("p")),
            new GoldQuestion("3", "c", List.of("z"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'answers':'3'",
        "'answers':['3']",
        "'answers':{'text':['3'],'answer_start':[515]}",
        "'answers':[{'text':'3','answer_start':515}]",
        "'answer':['3']",
        "'answer':'3'",
        "'answers':null,'answer':'3'",
        "'answer':{'value':'3','normalized_value':'three'}",
      })
  void commonFormsOfAnswersAreTaken(String answers) {
    assertThat(read("{'question':'a'," + answers + "}").get(0).answers()).containsExactly("3");
  }

  @Test
  void aliasesAreAnswersToo() {
    assertThat(read("{'question':'a','answer':{'value':'3','aliases':['iii']}}").get(0).answers())
        .containsExactly("3", "iii");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'answers':[]", "'answers':{'text':[]}", "'answer':[]", "'is_impossible':true"})
  void aQuestionMayHaveNoAnswer(String answers) {
    assertThat(read("{'question':'a'," + answers + "}").get(0).unanswerable()).isTrue();
  }

  @Test
  void passageMayBeANumberOrAList() {
    assertThat(read("{'question':'a','passage':12}").get(0).passages()).containsExactly("12");
    assertThat(read("{'question':'a','passage':['p','q',7,'p','7']}").get(0).passages())
        .as("each once")
        .containsExactly("p", "q", "7");
    assertThat(read("{'question':'a','passage':['p',7]}").get(0).passages())
        .containsExactly("p", "7");
  }

  @Test
  void noTwoQuestionsHaveOneId() {
    assertThat(
            read(
                "{'id':'2','question':'a','passage':'p'}",
                "{'question':'b','passage':'p'}",
                "{'id':'2','question':'c','passage':'p'}",
                "{'id':null,'question':'d','passage':'p'}",
                "{'id':' ','question':'e','passage':'p'}"))
        .extracting(GoldQuestion::id)
        .containsExactly("2", "2#2", "2#3", "4", "5");
  }

  @Test
  void aBadRowEndsTheEvaluationBeforeItBegins() {
    assertRefused("neither answers nor passage", "{'question':'a'}");
    assertRefused("q.jsonl:2: question: missing", "{'question':'a','passage':'p'}", "{}");
    assertRefused("answers: no text: 7", "{'question':'a','answers':[7]}");
    assertRefused("answers: an object without text", "{'question':'a','answers':{'x':1}}");
    assertRefused("answers: no text: {", "{'question':'a','answers':[{'x':'3'}]}");
    assertRefused("answer: no text: true", "{'question':'a','answer':true}");
    assertRefused("passage: neither text nor whole number", "{'question':'a','passage':{}}");
    assertRefused("passage: is empty", "{'question':'a','passage':['p','']}");
    assertRefused("half a surrogate", "{'question':'a','answers':['\\ud800']}");
    assertRefused("no question in ", "");
  }

  private static void assertRefused(String reason, String... lines) {
    assertThatThrownBy(() -> read(lines)).hasMessageContaining(reason);
  }

  private static List<GoldQuestion> read(String... lines) {
    String text = String.join("\n", lines).replace('\'', '"');
    return GoldQuestion.read(new QuestionFile("q.jsonl", text.getBytes(StandardCharsets.UTF_8)));
  }
}
