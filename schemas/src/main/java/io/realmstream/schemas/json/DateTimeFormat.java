package io.realmstream.schemas.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;

/** The format {@code date-time} of the schemas: whatever {@link Rfc3339} reads. */
final class DateTimeFormat implements Format {
  @Override
  public String getName() {
    return "date-time";
  }

  @Override
  public String getMessageKey() {
    return "format.date-time";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return Rfc3339.parse(value) != null;
  }
}
