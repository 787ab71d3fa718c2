package io.hindsight.driver.report.chart;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a page of HTML element by element. All text and all values of attributes are escaped, so
 * that no name of a user's column, class or sequence can be anything but text.
 */
public final class Markup {
  /** What no document may hold, though a name may; it is shown as what it is: not to be shown. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\ud800-\\udfff]");

  private final StringWriter page = new StringWriter();
  private final XMLStreamWriter out;

  /** An empty page. */
  public Markup() {
    try {
      out = XMLOutputFactory.newFactory().createXMLStreamWriter(page);
      out.writeDTD("<!DOCTYPE html>");
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  public Markup open(String element, String... attributes) {
    try {
      out.writeStartElement(element);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return this;
  }

  /** Ends the innermost element. */
  public Markup close() {
    try {
      out.writeCharacters(""); // so that an element without content has its end, as HTML asks
      out.writeEndElement();
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return this;
  }

  /** An element that cannot have content. */
  public Markup single(String element, String... attributes) {
    try {
      out.writeEmptyElement(element);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return this;
  }

  /** An element with nothing but text. */
  public Markup leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Text. */
  public Markup text(String text) {
    try {
      out.writeCharacters(clean(text));
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return this;
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      out.writeAttribute(attributes[i], clean(attributes[i + 1]));
    }
  }

  /** Pairs of surrogates are characters; the pattern sees them as such, and halves alone. */
  private static String clean(String text) {
    return CONTROLS.matcher(text).replaceAll("\ufffd");
  }

  /** The page so far. */
  @Override
  public String toString() {
    try {
      out.flush();
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return page.toString();
  }

  private static IllegalStateException unexpected(XMLStreamException e) {
    return new IllegalStateException("writing to memory failed", e);
  }
}
