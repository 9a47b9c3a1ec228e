package dev.gavel.wrong;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

class InjectedField {

    @Autowired
    @Nullable
    Runnable work;
}
