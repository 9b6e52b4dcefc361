package io.realmstream.deploy.cli.arguments;

import io.realmstream.schemas.Topics;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes what every topic's name can begin with. */
public final class TopicPrefixConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    try {
      Topic.validate(new Topics(value).retrieverCheckpoints()); // the longest
    } catch (InvalidTopicException e) {
      throw new TypeConversionException(
          "'" + value + "' cannot begin a topic's name: letters of ASCII, digits, . _ - can");
    }
    if (value.isEmpty()) {
      throw new TypeConversionException("a topic's name cannot begin with nothing");
    }
    return value;
  }
}
