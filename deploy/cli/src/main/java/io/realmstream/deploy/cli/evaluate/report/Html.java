package io.realmstream.deploy.cli.evaluate.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * An HTML document under construction. All text and every attribute is escaped; markup can only be
 * written as elements.
 */
public final class Html {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newInstance();

  /** Nothing is fetched and no script runs, whatever a text might smuggle in. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private Html() {
    try {
      xml = FACTORY.createXMLStreamWriter(text);
      xml.writeDTD("<!DOCTYPE html>\n");
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A document, open at its body. */
  public static Html document(String title, String style) {
    return new Html()
        .open("html", "lang", "en")
        .open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .element("title", title)
        .element("style", style)
        .close()
        .open("body");
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public Html open(String name, String... attributes) {
    try {
      xml.writeStartElement(name);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** An element that cannot have content, such as {@code img}. */
  public Html empty(String name, String... attributes) {
    try {
      xml.writeEmptyElement(name);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** An element that holds a text. */
  public Html element(String name, String content, String... attributes) {
    return open(name, attributes).text(content).close();
  }

  /** Text from outside: its writing direction does not change what follows. */
  public Html foreign(String content) {
    return element("bdi", content);
  }

  public Html text(String content) {
    try {
      xml.writeCharacters(printable(content));
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Closes the innermost element that is open. */
  public Html close() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** The document; closes every element that is open. */
  public String end() {
    try {
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], printable(attributes[i + 1]));
    }
  }

  /** Replaces the characters that HTML cannot express. */
  private static String printable(String content) {
    StringBuilder kept = new StringBuilder(content.length());
    content
        .codePoints()
        .forEach(character -> kept.appendCodePoint(isPrintable(character) ? character : 0xFFFD));
    return kept.toString();
  }

  private static boolean isPrintable(int character) {
    return character == '\t'
        || character == '\n'
        || !(Character.isISOControl(character)
            || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
            || (character & 0xFFFE) == 0xFFFE);
  }
}
