/// Auctions and bidding: what is sold, who leads at which price, when it ends and who has won.
@NullMarked
package dev.gavel.auctions;

import org.jspecify.annotations.NullMarked;
