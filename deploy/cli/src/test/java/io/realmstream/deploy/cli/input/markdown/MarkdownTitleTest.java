package io.realmstream.deploy.cli.input.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTitleTest {
  @Test
  void theFirstHeadingIsTheTitle() {
    assertThat(MarkdownTitle.of("Intro.\n\n## The *second* `level` ##\n# First\n"))
        .isEqualTo("The second level");
    assertThat(MarkdownTitle.of("Setext\ngoes on\n===\n")).isEqualTo("Setext goes on");
    assertThat(MarkdownTitle.of("Level two\r\n---\r\n")).isEqualTo("Level two");
  }

  @Test
  void codeIsNoHeading() {
    assertThat(MarkdownTitle.of("```sh\n# a comment\n```\n\n# Title\n")).isEqualTo("Title");
    assertThat(MarkdownTitle.of("~~~\n# a comment\n")).isNull();
    assertThat(MarkdownTitle.of("    # indented\n")).isNull();
    assertThat(MarkdownTitle.of("<!--\n# a comment\n-->\n")).isNull();
    assertThat(MarkdownTitle.of("#hashtag\n")).isNull();
  }

  @Test
  void frontMatterGoesFirst() {
    assertThat(MarkdownTitle.of("---\ntitle: \"One: two\"\ntags: [a]\n---\n# Heading\n"))
        .isEqualTo("One: two");
    assertThat(MarkdownTitle.of("---\r\ntitle: 1984\r\n...\r\ntext")).isEqualTo("1984");
    assertThat(MarkdownTitle.of("---\nlang: en\n---\n# Heading\n")).isEqualTo("Heading");
    assertThat(MarkdownTitle.of("---\ntitle: [\n---\n# Heading\n")).isEqualTo("Heading");
    assertThat(MarkdownTitle.of("---\n\n# Heading\n")).isEqualTo("Heading");
  }

  @Test
  void noDepthOfNestingIsTooMuch() {
    assertThat(MarkdownTitle.of("# " + "*a **b ".repeat(20_000) + "\n")).startsWith("*a **b");
    assertThat(MarkdownTitle.of(">".repeat(100_000) + "\n\n# Title")).isEqualTo("Title");
  }
}
