package org.retinaspark.job.leaderboard;

import java.util.List;
import org.retinaspark.job.ExitStatus;

/**
 * What a leaderboard came to.
 *
 * @param cells models times protocols
 * @param failed reasons of the cells without a number
 * @param status of the process: the gravest of the cells
 * @param text the page, in Markdown
 * @param page where it is
 */
record LeaderboardResult(int cells, List<String> failed, int status, String text, String page) {

  LeaderboardResult {
    failed = List.copyOf(failed);
  }

  static LeaderboardResult of(Standings standings, String page) {
    return new LeaderboardResult(
        standings.all().size(),
        standings.failures().map(Outcome.Failed::reason).toList(),
        // A fault of ours is graver than the configuration, and that than the data.
        standings.failures().mapToInt(Outcome.Failed::status).min().orElse(ExitStatus.DONE),
        new LeaderboardPage(standings).text(),
        page);
  }
}
