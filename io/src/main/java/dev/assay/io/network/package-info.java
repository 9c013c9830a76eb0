/** Networks of the user's own that turn examples into features; what runs them is a module of its own. */
@NullMarked
package dev.assay.io.network;

import org.jspecify.annotations.NullMarked;
