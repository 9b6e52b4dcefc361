package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateReaderTest {
  @Test
  void knownTemplatesReadAsTheTableSays() {
    assertThat(Drafts.of("a {{nowrap|b ''c''}} d")).isEqualTo("a b 2c2 d");
    assertThat(Drafts.of("a{{sfn|b}}")).isEqualTo("a~");
    assertThat(Drafts.of("{{ Nowrap | 1 = a }}")).isEqualTo("a");
  }

  @Test
  void unknownOnesReadAsTheirFirstWords() {
    assertThat(Drafts.of("a {{zz|x=1|b}} c")).isEqualTo("a b c");
    assertThat(Drafts.of("a {{zz|<!-- -->}} {{zz|[http://b]}} {{zz}}")).isEqualTo("a ~ ~ ~");
  }

  @Test
  void inALineOfTheirOwnOrInSeveralTheyAreDropped() {
    assertThat(Drafts.of("{{zz|a}}\nb")).isEqualTo("~\nb");
    assertThat(Drafts.of("{{zz|a}} {{zz|b}}\nc")).isEqualTo("~ ~\nc");
    assertThat(Drafts.of("a {{zz|b\n}}")).isEqualTo("a ~");
  }

  @Test
  void threeBracesAreAParameterAndRunsAreTakenApart() {
    assertThat(Drafts.of("{{{a}}} {{{a|b}}} {{{{{a}}}}} {{{{lc:a}}}}")).isEqualTo("~ b ~ {~}");
    assertThat(Drafts.of("{{{nowrap|a}}")).isEqualTo("{a");
  }

  @Test
  void aLinkThatIsOpenDoesNotKeepATemplateFromClosing() {
    assertThat(Drafts.of("{{nowrap|[[a}} b")).isEqualTo("a b");
  }

  @Test
  void templatesCannotGrowWithoutEnd() {
    String wikitext = "{{flag|".repeat(30) + "CAF" + "}}".repeat(30);
    assertThat(Drafts.of(wikitext)).hasSizeLessThan(wikitext.length());
  }

  @Test
  void tooDeepOnesAreDropped() {
    assertThat(Drafts.of("{{nowrap|".repeat(40) + "a" + "}}".repeat(40))).isEqualTo("a");
    assertThat(Drafts.of("{{nowrap|".repeat(41) + "a" + "}}".repeat(41))).isEqualTo("~");
  }

  @Test
  void aBarAsTemplateDividesALinkAlone() {
    assertThat(Drafts.of("[[a{{!}}b]] {{nowrap|a{{!}}b}}")).isEqualTo("b a|b");
  }
}
