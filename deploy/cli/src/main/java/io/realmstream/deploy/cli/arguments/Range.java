package io.realmstream.deploy.cli.arguments;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least and the greatest number that an option or parameter takes; see {@link RangeCheck}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Range {
  /** A week: no command waits longer, and a deadline so far away can still be written. */
  int SECONDS_MAX = 604_800;

  int PORT_MAX = 65_535;

  double min();

  /** By default as much as the type holds. */
  double max() default Double.MAX_VALUE;
}
