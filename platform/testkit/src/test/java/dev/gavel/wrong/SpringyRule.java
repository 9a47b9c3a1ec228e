package dev.gavel.wrong;

import org.springframework.util.StringUtils;

final class SpringyRule {

    boolean decide(String title) {
        return StringUtils.hasText(title);
    }
}
