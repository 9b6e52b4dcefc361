package io.realmstream.deploy.wikipedia.dump;

import io.realmstream.deploy.files.Allowance;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * MediaWiki's export XML, 0.10 and 0.11. Elements that are not known are passed over, so minor
 * versions may add some.
 *
 * <p>It holds one page, and of a text over the limit nothing. A document type, nesting beyond
 * {@value #DEPTH_MAX} and a name, tag or comment without end are errors: no export has them.
 */
final class ExportReader implements PageReader {
  private static final int DEPTH_MAX = 32;

  /** Of one tag, comment or run of characters; the parser's buffer is far smaller. */
  private static final int PIECE_BYTES_MAX = 1 << 20;

  private final Allowance input;
  private final XMLStreamReader xml;
  private final DumpSource source;

  /** The paths of the open elements, innermost first. */
  private final Deque<String> open = new ArrayDeque<>();

  private ExportedPage page = new ExportedPage();

  /** The field whose text comes by. */
  private @Nullable Field field;

  ExportReader(InputStream input, DumpSource source) throws IOException {
    this.input = new Allowance(input, PIECE_BYTES_MAX);
    this.source = source;
    try {
      this.xml = factory().createXMLStreamReader(this.input);
    } catch (XMLStreamException e) {
      throw failure(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // without a document type only the document itself counts there, and it may be of any size
    factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", 0);
    return factory;
  }

  @Override
  public @Nullable DumpPage next() throws IOException {
    try {
      while (xml.hasNext()) {
        input.renew();
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> start();
          case XMLStreamConstants.END_ELEMENT -> {
            DumpPage ended = end();
            if (ended != null) {
              return ended;
            }
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters();
          case XMLStreamConstants.DTD -> throw new IOException("it has a document type");
          case XMLStreamConstants.ENTITY_REFERENCE ->
              throw new IOException("it names an entity: " + xml.getLocalName());
          default -> {
            // comments and the like say nothing
          }
        }
      }
      return null;
    } catch (XMLStreamException e) {
      throw failure(e);
    }
  }

  private void start() throws IOException {
    String name = xml.getLocalName();
    if (open.isEmpty() && !name.equals("mediawiki")) {
      throw new IOException("no export of MediaWiki: it begins with <" + name + ">");
    }
    if (open.size() == DEPTH_MAX) {
      throw new IOException("elements are nested deeper than " + DEPTH_MAX);
    }
    open.push((open.isEmpty() ? "" : open.peek()) + "/" + name);
    field = Field.at(open.peek());
    if (field == Field.PAGE) {
      page = new ExportedPage();
    }
    if (field != null) {
      page.begin(field);
    }
    if (field == Field.TEXT) {
      page.textTag(xml.getAttributeValue(null, "deleted"), xml.getAttributeValue(null, "bytes"));
    }
  }

  private void characters() {
    if (field != null) {
      page.add(field, xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }
  }

  /** The page that ends here, else null. */
  private @Nullable DumpPage end() throws IOException {
    Field ended = Field.at(open.pop());
    field = open.isEmpty() ? null : Field.at(open.peek());
    if (ended == Field.WIKI) {
      source.check(page.value());
    }
    if (ended == Field.PAGE) {
      return page.finished(source);
    }
    if (ended != null) {
      page.end(ended);
    }
    return null;
  }

  /** The message of the parser in one line, or the exception that ended its input. */
  private static IOException failure(XMLStreamException e) {
    if (e.getNestedException() instanceof IOException cause) {
      return cause;
    }
    String message = String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("");
    return new IOException(
        "line %,d is no XML of an export: %s"
            .formatted(e.getLocation() == null ? 0 : e.getLocation().getLineNumber(), message),
        e);
  }
}
