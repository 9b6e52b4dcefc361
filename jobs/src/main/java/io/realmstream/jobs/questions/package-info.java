/** How the threads that run models for questions are shared among the questions. */
@NullMarked
package io.realmstream.jobs.questions;

import org.jspecify.annotations.NullMarked;
