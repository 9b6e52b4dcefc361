/** What a text teaches: its sentences, and which passage each is to be placed in. */
@NullMarked
package io.realmstream.model.learning.example;

import org.jspecify.annotations.NullMarked;
