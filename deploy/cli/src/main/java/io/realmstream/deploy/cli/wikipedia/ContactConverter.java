package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.model.wikipedia.site.Contact;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the contact for a wiki's operators. */
final class ContactConverter implements ITypeConverter<Contact> {
  @Override
  public Contact convert(String value) {
    try {
      return new Contact(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
