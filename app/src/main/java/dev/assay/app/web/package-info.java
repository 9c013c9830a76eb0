/**
 * The server behind the local web page, and the routes of the HTTP API that the page uses. It computes nothing itself: it
 * asks for runs as the command line does, and io and core.
 */
@NullMarked
package dev.assay.app.web;

import org.jspecify.annotations.NullMarked;
