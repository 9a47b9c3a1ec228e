/// Journeys through the pages in a real browser.
@NullMarked
package dev.gavel.web;

import org.jspecify.annotations.NullMarked;
