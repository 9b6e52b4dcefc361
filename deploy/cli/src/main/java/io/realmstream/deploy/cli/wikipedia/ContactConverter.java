package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.model.wikipedia.Contact;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes whom a wiki's operators can write to. */
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
