/**
 * Questions whose documents an application knows: which there are, and what they are asked with.
 */
@NullMarked
package io.realmstream.model.learning.feedback;

import org.jspecify.annotations.NullMarked;
