package io.realmstream.deploy.cli.input.markdown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** The title of a Markdown document: the one of its front matter, else its first heading. */
public final class MarkdownTitle {
  /** YAML between two lines of dashes at the very beginning, as site generators have it. */
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \\t]*\\R((?:.*\\R)*?)(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)");

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Parser PARSER = Parser.builder().build();

  private MarkdownTitle() {}

  /** Null when the document has none. */
  public static @Nullable String of(String document) {
    Matcher matter = FRONT_MATTER.matcher(document);
    if (!matter.lookingAt()) {
      return firstHeading(document);
    }
    String title = title(matter.group(1));
    return title == null ? firstHeading(document.substring(matter.end())) : title;
  }

  private static @Nullable String title(String yaml) {
    try {
      JsonNode title = YAML.readTree(yaml).path("title");
      return title.isValueNode() && !title.isNull() && !title.asText().isBlank()
          ? title.asText().strip()
          : null;
    } catch (JsonProcessingException e) {
      // no YAML: dashes around something else
      return null;
    }
  }

  private static @Nullable String firstHeading(String markdown) {
    for (Node block = PARSER.parse(markdown).getFirstChild();
        block != null;
        block = block.getNext()) {
      String text = block instanceof Heading heading ? text(heading).strip() : "";
      if (!text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** In a loop, since emphasis may be nested deeper than a stack. */
  private static String text(Heading heading) {
    StringBuilder text = new StringBuilder();
    Node node = heading.getFirstChild();
    while (node != null) {
      if (node instanceof Text literal) {
        text.append(literal.getLiteral());
      } else if (node instanceof Code code) {
        text.append(code.getLiteral());
      } else if (node instanceof SoftLineBreak) {
        text.append(' ');
      }
      node = node.getFirstChild() != null ? node.getFirstChild() : behind(node, heading);
    }
    return text.toString();
  }

  private static @Nullable Node behind(Node node, Heading heading) {
    Node next = node;
    while (next != heading && next.getNext() == null) {
      next = next.getParent();
    }
    return next == heading ? null : next.getNext();
  }
}
