package dev.gavel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import dev.gavel.testkit.Photographs;
import dev.gavel.web.Person.Look;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Photographs of telephones, from the moment they are chosen to the page everybody sees.
class PicturesTest {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @Test
    void aPhotographOfATelephoneIsShownUprightInAllSizesAndWithoutItsNotes() throws IOException {
        // Held upright, so the camera stored it lying on its side: what is seen is 3,000 wide and 4,000 tall.
        byte[] file = Photographs.with(Photographs.jpeg(Photographs.quarters(4000, 3000)), 0xE1, Photographs.exif(6));
        assertThat(text(file)).contains("GavelCamera");
        try (Person seller = Person.named("Photographer", Look.PHONE)) {
            seller.register();
            seller.goTo("/sell.html");
            Page page = seller.page();
            page.fill("#title", "필름 카메라");
            page.locator("#category").selectOption(new SelectOption().setIndex(1));
            page.fill("#startPrice", "10000");
            page.setInputFiles("#pictures", new FilePayload[] {
                new FilePayload("front.jpg", "image/jpeg", file),
                new FilePayload("page.jpg", "image/jpeg", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)),
                new FilePayload("back.png", "image/png", Photographs.png(Photographs.photo(900, 700, 4)))
            });
            seller.sees(".shot[data-state=refused] .shot-told", "사진이 아니");
            page.locator(".shot[data-state=ready]").nth(1).waitFor();
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve("sell-with-photographs.png")));
            assertThat(Axe.violations(page)).isEmpty();
            // Those who sell decide which comes first, with the keyboard, too.
            page.locator(".shot").nth(1).locator("[data-tool=close]").click();
            page.locator(".shot").nth(1).locator("[data-tool=left]").press("Enter");
            assertThat(page.locator(".shot img").first().getAttribute("alt")).isEqualTo("back.png");
            page.locator(".shot").nth(1).locator("[data-tool=left]").press("Enter");
            page.click("#open");
            page.waitForURL(Pattern.compile(".*/auction\\.html\\?id=auc_.*"));

            Locator image = page.locator("#gallery img");
            image.waitFor();
            Map<String, BufferedImage> sizes = new TreeMap<>();
            for (String told : image.getAttribute("srcset").split(", ")) {
                byte[] bytes = page.request().get(told.split(" ")[0]).body();
                assertThat(text(bytes)).doesNotContain("Exif", "GavelCamera");
                BufferedImage shown = ImageIO.read(new ByteArrayInputStream(bytes));
                assertThat(told).endsWith(" " + shown.getWidth() + "w");
                sizes.put(told.replaceAll(".*/(\\w+)\\.jpg.*", "$1"), shown);
            }
            assertThat(sizes).containsOnlyKeys("full", "card", "thumb");
            sizes.forEach((name, shown) -> {
                assertThat(shown.getHeight()).as(name).isGreaterThan(shown.getWidth());
                // The camera's right is above: first comes what was below left.
                assertThat(shown.getRGB(shown.getWidth() / 4, shown.getHeight() / 4) & 0xFF)
                        .as("blue of %s", name)
                        .isCloseTo(0xD0, within(8));
            });
            assertThat(page.locator("#thumbs button").count()).isEqualTo(2);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("auction-with-photographs.png")));
            page.goBack();
            assertThat(seller.complaints()).isEmpty();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
