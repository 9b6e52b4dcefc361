/**
 * What a text teaches: its sentences, their salient spans, masked sentences, sentences to place.
 */
@NullMarked
package io.realmstream.model.learning.example;

import org.jspecify.annotations.NullMarked;
